namespace FLCrowd.Experiments.Folders;

/// <summary>How far a run came.</summary>
public enum RunStatus
{
    /// <summary>It is under way, or its process was killed.</summary>
    Running,
    Completed,
    Failed,
    Interrupted,
}
