using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using FLCrowd.Actors.Network;
using FLCrowd.Actors.Nodes;
using FLCrowd.Experiments.Hocon;
using FLCrowd.Experiments.Identity;

namespace FLCrowd.Experiments.Configuration;

/// <summary>How a node finds the others: <c>hocon/cluster.conf</c>.</summary>
public sealed record ClusterSettings(
    IReadOnlyList<string> Seeds, string Host, int Port, int Workers, TimeSpan Wait, NodeTls? Tls, string Akka)
{
    /// <summary>How often a run starts each of its own workers again.</summary>
    public int Restarts { get; init; }

    /// <summary>Where the metrics of nodes go, and of runs that do not say.</summary>
    public TelemetrySettings Telemetry { get; init; } = TelemetrySettings.Default;

    private const string None = "none";

    /// <param name="file">A file, or null for the defaults.</param>
    /// <exception cref="SettingException">Anything misspelt, out of range, or a certificate that cannot be read.</exception>
    public static ClusterSettings Read(string? file)
    {
        var root = new Section(ExperimentSources.ResolveCluster(file is null ? null : ExperimentSources.Find(file)), "");
        var cluster = root.Sub("cluster");
        var settings = new ClusterSettings(
            [.. cluster.List("seeds").Select((seed, index) => Seed(seed, $"{cluster.PathOf("seeds")}[{index}]"))],
            cluster.Text("host"),
            cluster.Whole("port", 0),
            cluster.Whole("workers", 1),
            cluster.Duration("wait"),
            ReadTls(cluster.Sub("tls")),
            HoconWriter.Text(SettingsTree.Layer("akka", cluster.Object("akka"))))
        {
            Restarts = cluster.Whole("restarts", 0),
            Telemetry = TelemetrySettings.Read(root.Sub("telemetry")),
        };
        if (settings.Port > ushort.MaxValue)
        {
            throw cluster.Wrong("port", "a port, 0 to 65535");
        }

        cluster.Done();
        root.Done();
        return settings;
    }

    /// <summary>This node, in a role.</summary>
    public NodeSettings Node(NodeRole role) => new(role, Host, Port)
    {
        Build = ThisProgram.Build,
        Data = ShippedData.Checksums,
        Tls = Tls,
        Akka = Akka,
        WaitForWorkers = Wait,
    };

    /// <summary>host:port.</summary>
    /// <exception cref="SettingException">It is not.</exception>
    public static string Seed(JsonNode? node, string path) => node?.ToString() is { } text
        && text.LastIndexOf(':') is > 0 and var colon
        && ushort.TryParse(text.AsSpan(colon + 1), out ushort port) && port > 0
            ? text
            : throw new SettingException(path, $"is {HoconWriter.Inline(node)}; must be host:port, such as 10.0.0.1:4053");

    private static NodeTls? ReadTls(Section tls)
    {
        string certificate = tls.Text("certificate"), key = tls.Text("key"), authority = tls.Text("authority");
        tls.Done();
        string[] files = [certificate, key, authority];
        if (Array.TrueForAll(files, file => file == None))
        {
            return null;
        }

        if (files.Contains(None))
        {
            throw new SettingException(tls.Path, "must have certificate, key and authority, or none of them");
        }

        return new NodeTls(
            Load(tls.PathOf("certificate"), certificate, () => X509Certificate2.CreateFromPemFile(certificate, key)),
            Load(tls.PathOf("authority"), authority, () => X509CertificateLoader.LoadCertificateFromFile(authority)));
    }

    private static X509Certificate2 Load(string path, string file, Func<X509Certificate2> load)
    {
        try
        {
            return load();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new SettingException(path, $"is {file}, which cannot be read: {e.Message}");
        }
    }
}
