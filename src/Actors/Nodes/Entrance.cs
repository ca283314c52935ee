namespace FLCrowd.Actors.Nodes;

/// <summary>
/// How far a node is on its way into a cluster. Its tasks fail with <see cref="NodeLostException"/> when its system ends.
/// </summary>
public sealed class Entrance
{
    private readonly TaskCompletionSource _welcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// A node has let this one in, or there is nobody to ask. It fails with <see cref="JoinRefusedException"/> when one refuses it first.
    /// </summary>
    public Task Welcome => _welcome.Task;

    /// <summary>It is a member of a cluster.</summary>
    public Task Up => _up.Task;

    internal void Welcomed() => _welcome.TrySetResult();

    internal void Joined()
    {
        _welcome.TrySetResult();
        _up.TrySetResult();
    }

    internal void Fail(Exception reason)
    {
        _welcome.TrySetException(reason);
        _up.TrySetException(reason);
    }
}

/// <summary>A cluster does not let this node in; the message says why.</summary>
public sealed class JoinRefusedException(string message) : Exception(message);

/// <summary>The cluster put this node out, or the node gave it up for another: only a new system can join again.</summary>
public sealed class NodeLostException()
    : Exception("the others went on without this node: it was silent for too long, or cut off from the node of the run");
