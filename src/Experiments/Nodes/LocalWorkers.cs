using System.ComponentModel;
using System.Globalization;

namespace FLCrowd.Experiments.Nodes;

/// <summary>The worker processes that a run started on this machine. One that ends before it was told to is started again.</summary>
internal sealed class LocalWorkers : IAsyncDisposable
{
    private readonly int _restarts;
    private readonly Func<int, LocalWorker> _start;
    private readonly Action<string> _remove;
    private readonly LocalWorker[] _workers;
    private readonly Lock _starting = new();
    private bool _isHushed;

    /// <param name="count">How many.</param>
    /// <param name="restarts">How often each is started again.</param>
    /// <param name="start">Starts the worker with a number, from 1.</param>
    /// <param name="remove">Told the address of one that has ended: its cohorts need not wait until it was silent for long enough.</param>
    public LocalWorkers(int count, int restarts, Func<int, LocalWorker> start, Action<string> remove)
    {
        (_restarts, _start, _remove) = (restarts, start, remove);
        _workers = [.. Enumerable.Range(1, count).Select(start)];
        Exhausted = FailAsync([.. Enumerable.Range(0, count).Select(KeepAsync)]);
    }

    /// <summary>Throws when a worker has ended that is not started again.</summary>
    public Task Exhausted { get; }

    /// <inheritdoc cref="LocalWorker.Hush"/>
    public void Hush()
    {
        lock (_starting)
        {
            _isHushed = true;
            foreach (var worker in _workers)
            {
                worker.Hush();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Hush();
        foreach (var worker in _workers)
        {
            worker.TellToEnd();
        }

        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }
    }

    private static async Task FailAsync(Task[] places)
    {
        await Task.WhenAny(places);
        throw new IOException("a worker that the run was to begin with has ended for good");
    }

    /// <summary>Completes when the worker of a place has ended for good, once that was said.</summary>
    private async Task KeepAsync(int place)
    {
        for (int restart = 1; ; restart++)
        {
            var worker = _workers[place];
            var how = await worker.Ended;
            lock (_starting)
            {
                if (_isHushed)
                {
                    return;
                }

                if (worker.Address is { } address)
                {
                    _remove(address);
                }

                if (Again(place, restart) is { } obstacle)
                {
                    Console.Error.WriteLine($"flcrowd: {how}; {obstacle}");
                    return;
                }

                Console.Error.WriteLine(
                    string.Create(CultureInfo.InvariantCulture, $"flcrowd: {how}; it starts again ({restart} of {_restarts})"));
            }

            await worker.DisposeAsync();
        }
    }

    /// <returns>Why it does not start again; null: it does.</returns>
    private string? Again(int place, int restart)
    {
        if (restart > _restarts)
        {
            return string.Create(CultureInfo.InvariantCulture, $"it does not start again (cluster.restarts = {_restarts})");
        }

        try
        {
            _workers[place] = _start(place + 1);
            return null;
        }
        catch (Win32Exception e)
        {
            return $"it cannot start again: {e.Message}";
        }
    }
}
