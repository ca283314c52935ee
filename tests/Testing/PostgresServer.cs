using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FLCrowd.Testing;

/// <summary>A PostgreSQL server of one test, on loopback, from Debian's package. Tests skip themselves where there is none.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly string _binaries;
    private readonly string _folder = Directory.CreateTempSubdirectory("flcrowd-postgres-").FullName;
    private readonly int _port = FreePort();

    private PostgresServer(string binaries) => _binaries = binaries;

    /// <summary>How to connect to it.</summary>
    public string Connection =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres");

    public static async Task<PostgresServer> StartAsync()
    {
        var binaries = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
                .Order(StringComparer.Ordinal).LastOrDefault()
            : null;
        Assert.SkipWhen(binaries is null, "PostgreSQL is not installed in /usr/lib/postgresql");
        var server = new PostgresServer(binaries!);
        var cancel = TestContext.Current.CancellationToken;
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", ["postgres", server._folder], cancel);
        }

        await server.RunAsOwnerAsync("initdb", ["-D", server.Data, "-A", "trust", "-U", "postgres", "--no-sync"], cancel);
        await server.RunAsOwnerAsync(
            "pg_ctl",
            [
                "-D", server.Data, "-l", Path.Combine(server._folder, "log"), "-w", "start",
                "-o",
                string.Create(
                    CultureInfo.InvariantCulture, $"-p {server._port} -k {server._folder} -c listen_addresses=127.0.0.1 -c fsync=off"),
            ],
            cancel);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        // Also where the test was told to end.
        await RunAsOwnerAsync("pg_ctl", ["-D", Data, "-m", "immediate", "stop"], CancellationToken.None);
        Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>It refuses to be run by root.</summary>
    private Task RunAsOwnerAsync(string program, string[] arguments, CancellationToken cancel) => Environment.IsPrivilegedProcess
        ? RunAsync("runuser", ["-u", "postgres", "--", Path.Combine(_binaries, program), .. arguments], cancel)
        : RunAsync(Path.Combine(_binaries, program), arguments, cancel);

    private static async Task RunAsync(string program, string[] arguments, CancellationToken cancel)
    {
        // The server inherits what it is started with: it must not hold a pipe open that somebody reads to its end.
        using var process = Process.Start(
            new ProcessStartInfo("sh", ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", program, .. arguments]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync(cancel);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {process.ExitCode}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
