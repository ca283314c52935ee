namespace FLCrowd.Experiments.Folders;

/// <summary>How far a run came.</summary>
public enum RunStatus
{
    /// <summary>It is under way, or its process was killed.</summary>
    Running,

    /// <summary>All was played.</summary>
    Completed,

    /// <summary>Something went wrong; the record says what.</summary>
    Failed,

    /// <summary>The user stopped it.</summary>
    Interrupted,
}
