namespace FLCrowd.Actors.Nodes;

/// <summary>Where a node's heavy and slow work runs, apart from the messages.</summary>
internal static class Dispatchers
{
    /// <summary>Where local training and evaluation run.</summary>
    public const string Training = "flcrowd.training-dispatcher";

    /// <summary>Where the recorder waits for the disk.</summary>
    public const string Recording = "flcrowd.recording-dispatcher";
}
