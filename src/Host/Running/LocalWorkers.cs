using FLCrowd.Actors.Nodes;

namespace FLCrowd.Host.Running;

/// <summary>The worker processes of this machine that a run started.</summary>
internal sealed class LocalWorkers : IAsyncDisposable
{
    private readonly IReadOnlyList<LocalWorker> _workers;

    /// <param name="count">How many.</param>
    /// <param name="seed">The node that they join, as host:port.</param>
    /// <param name="threads">Training threads of each.</param>
    /// <param name="file">Their <c>cluster.conf</c>; null: the defaults.</param>
    /// <param name="tls">The certificate that the run made for them; null: the file has one.</param>
    /// <param name="plugins">The plug-ins that this process has loaded.</param>
    public LocalWorkers(int count, string seed, int threads, string? file, NodeTls? tls, IReadOnlyList<PluginSource> plugins)
    {
        _workers = [.. Enumerable.Range(1, count).Select(number => new LocalWorker(number, seed, threads, file, tls, plugins))];
        FirstFailure = FailAsync();
    }

    /// <summary>Throws when a worker ends before it was told to.</summary>
    public Task FirstFailure { get; }

    /// <summary>From now on tells the user at once when a worker ends, and then <paramref name="remove"/>, with its address.</summary>
    public void Watch(Action<string> remove)
    {
        foreach (var worker in _workers)
        {
            _ = WatchAsync(worker, remove);
        }
    }

    /// <inheritdoc cref="LocalWorker.Hush"/>
    public void Hush()
    {
        foreach (var worker in _workers)
        {
            worker.Hush();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            worker.TellToEnd();
        }

        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }
    }

    private static async Task WatchAsync(LocalWorker worker, Action<string> remove)
    {
        var how = await worker.Ended;
        if (!worker.IsNeeded)
        {
            return;
        }

        Console.Error.WriteLine($"flcrowd: {how}");
        if (worker.Address is { } address)
        {
            remove(address);
        }
    }

    private async Task FailAsync() => throw new IOException(await await Task.WhenAny(_workers.Select(worker => worker.Ended)));
}
