using System.Net.Sockets;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Watching;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Runs;

namespace FLCrowd.Host.Watching;

/// <summary>Has a run watched on a page while another observer is told as ever.</summary>
/// <param name="told">The other observer.</param>
/// <param name="opens">Whether the page is opened where there is a desktop.</param>
/// <param name="clock">The clock.</param>
internal sealed class WatchingObserver(IRunObserver told, bool opens, TimeProvider clock) : IRunObserver, IAsyncDisposable
{
    private readonly LiveFeed _feed = new(clock);
    private Task<WatchServer?>? _server;
    private WatchedFolder? _runs;

    /// <summary>Where the page is; null: no run has begun, or there is none.</summary>
    public string? Address => _server is { IsCompletedSuccessfully: true } ? _server.Result?.Address : null;

    public ISpectator? Spectator => _feed;

    public Func<string> Place
    {
        get => told.Place;
        set => told.Place = _feed.Place = value;
    }

    public void Say(string line)
    {
        _feed.Say(line);
        told.Say(line);
    }

    public void Warn(string warning) => told.Warn(warning);

    public async Task<ExperimentResult> FollowAsync(
        ExperimentPlan plan, TimeProvider time, Func<Action<ExperimentProgress>, Task<ExperimentResult>> work)
    {
        // Where progress is drawn, nobody else writes.
        await (_server ?? Task.CompletedTask);
        _feed.Begin(plan);
        var result = await told.FollowAsync(plan, time, tell => work(progress =>
        {
            _feed.Take(progress);
            tell(progress);
        }));
        _feed.End();
        return result;
    }

    public void Begin(RunRecord record, string folder)
    {
        told.Begin(record, folder);
        if (_server is null)
        {
            // What belongs to a collection is shown in its list.
            var above = Path.GetDirectoryName(Path.GetFullPath(folder))!;
            _runs = WatchedFolder.Of(IsPart(above, folder) ? above : folder, clock);
            _runs.PlayedHere(folder, _feed);

            // Beside what the run begins with.
            _server = Task.Run(() => StartAsync(_runs));
        }
        else
        {
            _runs!.PlayedHere(folder, _feed);
        }
    }

    public void Render(RunDirectory directory, RunRecord record, Findings findings) => told.Render(directory, record, findings);

    public void End(RunOutcome outcome) => told.End(outcome);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null && await _server is { } server)
        {
            await server.DisposeAsync();
        }

        _feed.Dispose();
    }

    /// <summary>Serves the page; a run that cannot be watched goes on without that.</summary>
    private async Task<WatchServer?> StartAsync(WatchedFolder runs)
    {
        WatchServer server;
        try
        {
            server = await WatchServer.StartAsync(runs, 0);
        }
        catch (Exception e) when (e is SettingException or SocketException or UnauthorizedAccessException)
        {
            told.Warn($"the run cannot be watched on a page: {e.Message}");
            return null;
        }

        told.Say($"watch it at {server.Address}");
        if (opens)
        {
            Desktop.Open(server.Address);
        }

        return server;
    }

    private static bool IsPart(string above, string folder) => RunDirectory.IsRun(above)
        && RunDirectory.Open(above).Read().Parts?.Contains(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))) == true;
}
