using System.Globalization;
using FLCrowd.Actors.Builds;
using FLCrowd.Actors.Network;

namespace FLCrowd.Actors.Nodes;

/// <summary>A node of a cluster, as its process sees it.</summary>
/// <param name="Role">What it does.</param>
/// <param name="Host">The address that the others know it by.</param>
/// <param name="Port">Its port; 0: any free one.</param>
public sealed record NodeSettings(NodeRole Role, string Host = "127.0.0.1", int Port = 0)
{
    /// <summary>
    /// The program that the node runs; it must be equal on all nodes. Null: that of these actors, whatever the program is.
    /// </summary>
    public ProgramBuild? Build { get; init; }

    /// <summary>Names and checksums of the data that come with the program; they must be equal on all nodes.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>Who the node is, and whom it believes; null: no encryption, which only loopback may have.</summary>
    public NodeTls? Tls { get; init; }

    /// <summary>How long a run waits for workers when there are none.</summary>
    public TimeSpan WaitForWorkers { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Settings of Akka.NET with precedence over all others, such as other timeouts; HOCON.</summary>
    public string Akka { get; init; } = "";

    /// <summary>This node as HOCON, with <paramref name="threads"/> that the others can read.</summary>
    internal string Hocon(int threads) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        akka.cluster.roles = ["{{ClusterRoles.Of(Role)}}", "{{ClusterRoles.Threads}}{{threads}}"]
        flcrowd.wait-for-workers = {{WaitForWorkers.TotalMilliseconds}}ms
        akka.remote.flcrowd {
          hostname = "{{Host}}"
          port = {{Port}}
        }
        """);
}

/// <summary>What a node does.</summary>
public enum NodeRole
{
    /// <summary>Hosts cohorts: trains.</summary>
    Worker,

    /// <summary>Hosts experiments and their servers: aggregates, tests, records.</summary>
    Server,

    /// <summary>Goes on with runs whose servers die.</summary>
    StandBy,
}

/// <summary>Roles as the cluster knows them.</summary>
internal static class ClusterRoles
{
    public const string Server = "server";

    public const string Worker = "worker";

    /// <summary>No server as long as it stands by: the cluster's resolver must keep the nodes that play, not the one that waits.</summary>
    public const string StandBy = "stand-by";

    /// <summary>Before the number of a node's training threads: so every node knows what all of them have.</summary>
    public const string Threads = "threads-";

    public static string Of(NodeRole role) => role switch
    {
        NodeRole.Worker => Worker,
        NodeRole.Server => Server,
        _ => StandBy,
    };
}
