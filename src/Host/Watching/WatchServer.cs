using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace FLCrowd.Host.Watching;

/// <summary>
/// Serves pages that show runs, to this machine and to whoever has the address, which has a token in it. A page is told at most four
/// times a second that there is something new, and asks for what it shows at its own pace; there is nothing that it could change.
/// </summary>
internal sealed class WatchServer : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Ticks after which a page is told that nothing is new, so that both sides notice when the other is gone.</summary>
    private const int Quiet = 40;

    private readonly WebApplication _server;
    private readonly CancellationTokenSource _ends = new();
    private readonly WatchedFolder _runs;

    private WatchServer(WebApplication server, WatchedFolder runs, string token)
    {
        (_server, _runs) = (server, runs);
        var gate = new WatchGate(token);
        server.Use(gate.Check);
        var own = server.MapGroup($"/{token}");
        own.MapGet("/", () => Page(runs.IsOfOneRun ? WatchPages.Run : WatchPages.Runs));
        own.MapGet("/runs", () => Results.Json(runs.List()));
        own.MapGet("/run/{name}/", (string name) => Of(name, _ => Page(WatchPages.Run)));
        MapRun(own.MapGroup("/run/{name}"));
        MapRun(own);
    }

    /// <summary>Where the page is: whoever has the address may look.</summary>
    public string Address { get; private set; } = "";

    /// <param name="runs">What is shown.</param>
    /// <param name="port">Where to listen; 0: wherever nobody else does.</param>
    /// <exception cref="SettingException">Somebody else listens there.</exception>
    public static async Task<WatchServer> StartAsync(WatchedFolder runs, int port)
    {
        // Nothing of the environment or of files in the current folder says how this server behaves.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        var token = WatchGate.NewToken();
        var server = builder.Build();
        server.UseRouting();
        var watch = new WatchServer(server, runs, token);
        try
        {
            await server.StartAsync();
        }
        catch (IOException e)
        {
            await watch.DisposeAsync();
            throw new SettingException("--port", $"{port.ToString(CultureInfo.InvariantCulture)} cannot be listened on: {e.Message}");
        }

        var bound = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        watch.Address = $"{bound}/{token}/";
        return watch;
    }

    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync();
        await _server.DisposeAsync();
        _ends.Dispose();
    }

    private void MapRun(RouteGroupBuilder run)
    {
        run.MapGet("/page.css", () => Results.Text(WatchPages.Style, "text/css", Encoding.UTF8));
        run.MapGet("/page.js", () => Results.Text(WatchPages.Script, "text/javascript", Encoding.UTF8));
        run.MapGet("/state", (string? name) => Of(name, watched => Results.Json(watched.State())));
        run.MapGet("/events", (string? name, CancellationToken cancel) => Of(
            name, watched => TypedResults.ServerSentEvents(EventsAsync(watched, cancel))));
        run.MapGet("/episodes", (string? name, int from) => Of(name, watched => Results.Json(watched.Episodes(Math.Max(0, from)))));
        run.MapGet("/rounds", (string? name, int episode) => Of(name, watched => Found(watched.Rounds(episode))));
        run.MapGet("/live-rounds", (string? name, int game) => Of(name, watched => Found(watched.Live?.Rounds(game))));
        run.MapGet("/crowd", (string? name, int episode) => Of(name, watched => watched.Crowd(episode) is { } crowd
            ? Results.Bytes(crowd) : Results.NotFound()));
        run.MapGet("/client", (string? name, int client, int episode) => Of(name, watched => Found(watched.History(client, episode))));
        run.MapGet("/findings", (string? name) => Of(name, watched => Results.Json(watched.Findings())));
        run.MapGet("/messages", (string? name, string? round) => Of(name, watched => Found(watched.Live?.Messages(round))));
        run.MapGet("/report", (string? name) => Of(name, watched => File.Exists(watched.ReportFile)
            ? Results.File(Path.GetFullPath(watched.ReportFile), "text/html; charset=utf-8") : Results.NotFound()));
    }

    private IResult Of(string? name, Func<WatchedRun, IResult> answer) =>
        _runs.Find(name) is { } watched ? answer(watched) : Results.NotFound();

    /// <summary>The state of a run whenever it is another one. Who reads slowly gets fewer, and always the newest.</summary>
    private async IAsyncEnumerable<SseItem<JsonObject>> EventsAsync(WatchedRun run, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancel, _ends.Token);
        using var timer = new PeriodicTimer(Pause);
        (long, long)? told = null;
        int quiet = 0;
        do
        {
            var version = run.Version;
            if (version != told || ++quiet >= Quiet)
            {
                (told, quiet) = (version, 0);
                yield return new SseItem<JsonObject>(run.State());
            }
        }
        while (await TicksAsync(timer, ends.Token));
    }

    private static async ValueTask<bool> TicksAsync(PeriodicTimer timer, CancellationToken cancel)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static IResult Found(JsonNode? found) => found is null ? Results.NotFound() : Results.Json(found);

    private static IResult Page(string html) => Results.Text(html, "text/html", Encoding.UTF8);
}
