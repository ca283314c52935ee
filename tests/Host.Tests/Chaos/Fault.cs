using System.Globalization;

namespace FLCrowd.Host.Tests.Chaos;

/// <summary>What can happen to a run.</summary>
internal enum FaultKind
{
    /// <summary>SIGKILL of its process.</summary>
    KillRun,

    /// <summary>None of its files may become longer than one of them is.</summary>
    FullDisk,

    /// <summary>SIGSTOP of its process for a while.</summary>
    StopRun,

    /// <summary>SIGKILL of a worker; a node is started again, by its own command.</summary>
    KillWorker,

    /// <summary>SIGSTOP of a worker for a while.</summary>
    StopWorker,

    /// <summary>A node's connections are cut, and none is made, for a while.</summary>
    Cut,

    /// <summary>Nothing comes from a node, and nothing gets to it, for a while; then all does, late.</summary>
    Silence,

    /// <summary>Some messages between nodes are lost, and some come twice, for a while.</summary>
    Loss,
}

/// <summary>What happens to a run, and when.</summary>
/// <param name="Kind">What.</param>
/// <param name="Share">How much of the run's tables is written when it happens, at least.</param>
/// <param name="Late">How long after that.</param>
/// <param name="Lasts">How long, where that is to be said.</param>
/// <param name="Victim">Which worker, node or file, modulo how many there are.</param>
internal sealed record Fault(FaultKind Kind, double Share, TimeSpan Late, TimeSpan Lasts, int Victim)
{
    /// <summary>Whether the run's process ends by it, so that somebody has to call for <c>resume</c>.</summary>
    public bool EndsRun => Kind is FaultKind.KillRun or FaultKind.FullDisk;

    /// <summary>Whether the others may lose sight of the run's own node.</summary>
    public bool HidesRun => Kind is FaultKind.StopRun or FaultKind.Loss
        || (Kind is FaultKind.Cut or FaultKind.Silence && StruckNodes.PartedBy(this) == StruckNodes.OfRun);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Kind}({Victim}) at {Share:P0} + {Late.TotalMilliseconds} ms for {Lasts.TotalSeconds:0.0} s");
}
