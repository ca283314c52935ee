using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using FLCrowd.Experiments;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Runs;
using FLCrowd.Host.Watching;

namespace FLCrowd.Host.Tests.Watching;

public sealed class WatchServerSpec : IAsyncDisposable
{
    private static readonly string[] Paths =
    [
        "", "page.css", "page.js", "state", "events", "episodes?from=0", "rounds?episode=0", "crowd?episode=0",
        "client?client=0&episode=0", "findings", "messages", "report", "runs", "run/x/",
    ];

    private static readonly string[] Asked =
        ["state", "episodes?from=0", "crowd?episode=0", "messages", "findings", "live-rounds?game=0"];

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _browser = new();
    private WatchServer? _server;

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    [Fact]
    public async Task Nobody_without_the_token_gets_anything()
    {
        var page = await StartAsync();
        var root = new Uri(page, "/");
        var wrong = new string([.. page.AbsolutePath.Trim('/').Select(letter => letter == 'A' ? 'B' : 'A')]);
        foreach (var path in Paths)
        {
            foreach (var address in (Uri[])[new(root, path), new(root, $"{wrong}/{path}"), new(root, page.AbsolutePath[..^2] + "/" + path)])
            {
                await RefusedAsync(new HttpRequestMessage(HttpMethod.Get, address));
            }
        }

        Assert.Equal(HttpStatusCode.OK, (await _browser.GetAsync(page, Cancel)).StatusCode);
    }

    [Fact]
    public async Task Pages_of_other_hosts_cannot_read_it()
    {
        var page = await StartAsync();
        foreach (var path in Paths)
        {
            var address = new Uri(page, path);
            await RefusedAsync(new(HttpMethod.Get, address) { Headers = { { "Origin", "http://evil.example" } } });
            await RefusedAsync(new(HttpMethod.Get, address) { Headers = { { "Origin", "null" } } });
            await RefusedAsync(new(HttpMethod.Get, address) { Headers = { { "Sec-Fetch-Site", "cross-site" } } });

            // A name of theirs that leads here.
            await RefusedAsync(new(HttpMethod.Get, address) { Headers = { Host = $"evil.example:{page.Port}" } });
        }

        var own = new HttpRequestMessage(HttpMethod.Get, new Uri(page, "state"))
        {
            Headers = { { "Origin", $"http://127.0.0.1:{page.Port}" }, { "Sec-Fetch-Site", "same-origin" } },
        };
        Assert.Equal(HttpStatusCode.OK, (await _browser.SendAsync(own, Cancel)).StatusCode);
        Assert.StartsWith("127.", page.Host, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_can_be_changed()
    {
        var page = await StartAsync();
        foreach (var path in Paths)
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete])
            {
                var answer = await _browser.SendAsync(new HttpRequestMessage(method, new Uri(page, path)), Cancel);
                Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
            }
        }
    }

    [Fact]
    public async Task Only_runs_of_the_folder_are_shown()
    {
        _ = new GrowingRun(_folder.In("runs/first"), experiment: "one");
        _ = new GrowingRun(_folder.In("runs/second"), experiment: "two");
        _ = new GrowingRun(_folder.In("secret"), experiment: "hidden");
        var page = await StartAsync("runs");
        var runs = JsonNode.Parse(await _browser.GetStringAsync(new Uri(page, "runs"), Cancel))!.AsArray();
        Assert.Equal(["first", "second"], runs.Select(run => run!["name"]!.ToString()).Order());
        Assert.Contains("\"one\"", await _browser.GetStringAsync(new Uri(page, "run/first/state"), Cancel), StringComparison.Ordinal);
        foreach (var name in (string[])["..%2Fsecret", "%2E%2E%2Fsecret", "third", "first%2F..%2F..%2Fsecret", ".."])
        {
            var answer = await _browser.GetAsync(new Uri(page, $"run/{name}/state"), Cancel);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_page_is_told_what_is_new_and_then_only_the_newest()
    {
        var run = new GrowingRun(_folder.In("run"));
        var page = await StartAsync("run");
        using var events = new StreamReader(await _browser.GetStreamAsync(new Uri(page, "events"), Cancel));
        Assert.Equal(0, await EpisodesAsync(events));
        for (int episode = 0; episode < 40; episode++)
        {
            run.Append([new Deed(1)], .5);
        }

        // However many came meanwhile, a look or two later all are there.
        var told = new List<int>();
        while (told.Count == 0 || told[^1] < 40)
        {
            told.Add(await EpisodesAsync(events));
        }

        Assert.True(told.Count <= 4, $"told of {string.Join(", ", told)}");
    }

    [Fact]
    public async Task A_browser_that_never_reads_and_one_that_asks_all_the_time_leave_the_bytes_as_they_are()
    {
        await RunAsync("alone", new QuietObserver());
        var told = new Told();
        await using (var watching = new WatchingObserver(told, opens: false, TimeProvider.System))
        {
            var running = RunAsync("watched", watching);
            var page = new Uri(await told.Address.Task.WaitAsync(Cancel));
            using var deaf = new TcpClient("127.0.0.1", page.Port) { ReceiveBufferSize = 1 };
            await deaf.GetStream().WriteAsync(
                Encoding.ASCII.GetBytes($"GET {page.AbsolutePath}events HTTP/1.1\r\nHost: 127.0.0.1:{page.Port}\r\n\r\n"), Cancel);
            int asked = 0;
            while (!running.IsCompleted)
            {
                foreach (var path in Asked)
                {
                    (await _browser.GetAsync(new Uri(page, path), Cancel)).Dispose();
                    asked++;
                }
            }

            await running;
            Assert.True(asked > 6, "it was over before anybody asked");

            // It looks again a moment later.
            while (!(await _browser.GetStringAsync(new Uri(page, "state"), Cancel)).Contains("\"completed\"", StringComparison.Ordinal))
            {
                Cancel.ThrowIfCancellationRequested();
            }
        }

        foreach (var table in Directory.EnumerateFiles(_folder.In("alone"), "*.csv"))
        {
            Assert.Equal(File.ReadAllBytes(table), File.ReadAllBytes(Path.Combine(_folder.In("watched"), Path.GetFileName(table))));
        }

        Assert.Equal(
            Directory.EnumerateFileSystemEntries(_folder.In("alone")).Select(Path.GetFileName).Order(),
            Directory.EnumerateFileSystemEntries(_folder.In("watched")).Select(Path.GetFileName).Where(name => name != "plots").Order());
    }

    [Theory]
    [InlineData("missing", "is not there; what can be watched is a run's folder, or one with such folders in it, such as runs")]
    [InlineData("", "is not the folder of a run, and has none in it")]
    public void A_folder_without_runs_cannot_be_watched(string name, string problem)
    {
        var refused = Assert.Throws<SettingException>(() => WatchedFolder.Of(_folder.In(name), TimeProvider.System));
        Assert.EndsWith(problem, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_somebody_else_listens_on_is_refused()
    {
        var page = await StartAsync();
        var refused = await Assert.ThrowsAsync<SettingException>(() => WatchServer.StartAsync(
            WatchedFolder.Of(_folder.Path, TimeProvider.System), page.Port));
        Assert.StartsWith($"--port: {page.Port} cannot be listened on", refused.Message, StringComparison.Ordinal);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<Uri> StartAsync(string? name = null)
    {
        if (name is null)
        {
            _folder.CopyOfGoldenRun();
        }

        _server = await WatchServer.StartAsync(
            WatchedFolder.Of(name is null ? _folder.Path : _folder.In(name), TimeProvider.System), 0);
        return new Uri(_server.Address);
    }

    private async Task RefusedAsync(HttpRequestMessage request)
    {
        using var answer = await _browser.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Cancel));
    }

    private static async Task<int> EpisodesAsync(StreamReader events)
    {
        while (await events.ReadLineAsync(Cancel) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return (int)JsonNode.Parse(line["data: ".Length..])!["episodes"]!;
            }
        }

        throw new InvalidOperationException("the server ended");
    }

    private Task<RunOutcome> RunAsync(string name, IRunObserver observer) => new Laboratory().RunAsync(
        new RunRequest("quadratic")
        {
            Overrides = ["learning.rounds=40", "experiment.seeds=6"],
            Out = _folder.In(name),
            Threads = 2,
        },
        observer,
        Cancel);

    private sealed class Told : QuietObserver
    {
        public TaskCompletionSource<string> Address { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Say(string line)
        {
            if (line.StartsWith("watch it at ", StringComparison.Ordinal))
            {
                Address.TrySetResult(line["watch it at ".Length..]);
            }
        }
    }
}
