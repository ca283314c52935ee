using FLCrowd.Actors.Watching;
using FLCrowd.Experiments.Folders;
using FLCrowd.Host.Watching;

namespace FLCrowd.Host.Tests.Watching;

/// <summary>The live page in a real browser.</summary>
public sealed class WatchPageSpec(Chromium chromium) : IAsyncDisposable
{
    private const string Markup = "<img src=x onerror=alert(1)>";

    private static readonly (int, int, int) Nothing = (213, 94, 0), Half = (222, 214, 196), AsAsked = (0, 114, 178), More = (75, 46, 131);

    private readonly TemporaryFolder _folder = new();
    private WatchServer? _server;

    public async ValueTask DisposeAsync()
    {
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    [Fact]
    public async Task Colours_follow_what_clients_did_and_charts_end_at_the_tables_values()
    {
        var run = new GrowingRun(_folder.In("run"));
        run.Append(Enumerable.Repeat(new Deed(1), 10), .1, .6, .8);
        await using var page = await OpenAsync();
        await page.UntilAsync("() => document.getElementById('cells').shown");
        Assert.Equal(AsAsked, await page.ColourAsync(3));

        Deed[] clients = [new(0, 1, 0, -4), new(.5, 5, 2, 0), new(1, 10, 1, 4), .. Enumerable.Repeat(new Deed(1), 7)];
        run.Append(clients, .1, .5, .7);
        await EpisodeAsync(page, 1);
        await ColouredAsync("effort", Nothing, Half, AsAsked);
        await ColouredAsync("batch", (215, 118, 39), Half, AsAsked);
        await ColouredAsync("gamma", Nothing, More, AsAsked);
        await ColouredAsync("payoff", Nothing, Half, AsAsked);
        Assert.Equal(.7, (await page.EndsAsync("test accuracy by round"))["episode 1"]);
        Assert.Equal(1.3, (await page.EndsAsync("test loss by round"))["episode 1"]);
        Assert.Equal(.7, (await page.EndsAsync("final test accuracy by episode"))["accuracy"]);
        Assert.Equal(101, (await page.EndsAsync("what the server pays"))["total_reward"]);
        var means = await page.EndsAsync("what clients do on average");
        Assert.Equal((.85, .86, 1.0), (means["effort e"], Math.Round(means["D / D'"], 12), means["gamma"]));
        Assert.Equal(1.4, (await page.EndsAsync("mean payoff u by strategy"))["truthful"], 12);

        // The first episode again.
        await page.Page.Locator("#episode").FillAsync("0");
        await EpisodeAsync(page, 0);
        Assert.Equal(AsAsked, await page.ColourAsync(0));
        await page.Page.Locator("#newest").ClickAsync();
        await EpisodeAsync(page, 1);

        async Task ColouredAsync(string shade, params (int, int, int)[] colours)
        {
            await page.Page.Locator($"[data-shade={shade}]").ClickAsync();
            foreach (var (client, colour) in colours.Index())
            {
                Assert.Equal(colour, await page.ColourAsync(client));
            }
        }
    }

    [Fact]
    public async Task A_reload_and_a_lost_connection_lose_nothing()
    {
        var run = new GrowingRun(_folder.In("run"));
        run.Append([new Deed(1), new Deed(.25), new Deed(1)], .5);
        run.Append([new Deed(1), new Deed(.5), new Deed(1)], .6);
        await using var page = await OpenAsync();
        await EpisodeAsync(page, 1);
        await page.Page.Locator("#cells").ClickAsync(new() { Position = new() { X = 84, Y = 20 } });
        await page.Page.Locator("[data-shade=gamma]").ClickAsync();
        await HistoryAsync(["1\t0.5", "0\t0.25"]);
        await page.Page.ReloadAsync();
        await HistoryAsync(["1\t0.5", "0\t0.25"]);
        Assert.Equal("true", await page.Page.Locator("[data-shade=gamma]").GetAttributeAsync("aria-pressed"));

        // What came while nobody was there.
        await page.Context.SetOfflineAsync(true);
        run.Append([new Deed(1), new Deed(.75), new Deed(1)], .7);
        run.Append([new Deed(1), new Deed(0), new Deed(1)], .8);
        await page.Context.SetOfflineAsync(false);
        await HistoryAsync(["3\t0", "2\t0.75", "1\t0.5", "0\t0.25"]);
        Assert.Equal(.8, (await page.EndsAsync("final test accuracy by episode"))["accuracy"]);

        Task HistoryAsync(string[] rows) => page.UntilAsync(
            "() => [...document.querySelectorAll('#client tbody tr')]"
            + ".map(row => row.innerText.split('\\t').slice(0, 2).join('\\t')).join('|')"
            + $" === '{string.Join('|', rows).Replace("\t", "\\t", StringComparison.Ordinal)}'");
    }

    [Fact]
    public async Task A_resumed_run_goes_on_where_it_was()
    {
        var run = new GrowingRun(_folder.In("run"));
        run.Append([new Deed(1)], .5);
        run.Append([new Deed(1)], .6);
        await using var page = await OpenAsync();
        await EpisodeAsync(page, 1);

        // As resume does: the tables are written again, and go on.
        run.Change(record => record with { Status = RunStatus.Interrupted });
        await page.UntilAsync("() => document.getElementById('progress').innerText.includes('interrupted')");
        run.Restart();
        run.Append([new Deed(1)], .5);
        await EpisodeAsync(page, 0);
        run.Append([new Deed(1)], .6);
        run.Append([new Deed(.5)], .7);
        run.Change(record => record with { Status = RunStatus.Completed });
        await EpisodeAsync(page, 2);
        Assert.Equal(Half, await page.ColourAsync(0));
        await page.UntilAsync("() => document.getElementById('progress').innerText.includes('completed')");
    }

    [Theory]
    [InlineData(1_000, 1)]
    [InlineData(100_000, 1)]
    [InlineData(250_000, 3)]
    public async Task Crowds_of_any_size_have_their_colours(int clients, int per)
    {
        var run = new GrowingRun(_folder.In("run"));
        run.Append(Enumerable.Range(0, clients).Select(client => new Deed(client / 99 % 2 == 0 ? 1 : 0)), .5);
        await using var page = await OpenAsync(isDark: true, width: 800);
        await EpisodeAsync(page, 0);
        foreach (int client in (int[])[0, 98, 99, 500, 990, clients - 1])
        {
            Assert.Equal(client / 99 % 2 == 0 ? AsAsked : Nothing, await page.ColourAsync(client / per));
        }

        Assert.True(await page.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= 800"));
        var scale = await page.Page.Locator("#scale").InnerTextAsync();
        Assert.Equal(per > 1, scale.Contains("the mean of 3 clients", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Names_with_markup_stay_text()
    {
        var run = new GrowingRun(_folder.In("run"), experiment: Markup);
        run.Change(record => record with { Asked = Markup });
        run.Append([new Deed(1, Strategy: Markup), new Deed(1)], .5);
        run.Append([new Deed(1, Strategy: Markup), new Deed(1)], .5);
        await using var page = await OpenAsync();
        await EpisodeAsync(page, 1);
        await page.Page.Locator("[data-shade=strategy]").ClickAsync();
        await page.Page.Locator("#cells").ClickAsync(new() { Position = new() { X = 20, Y = 20 } });
        await page.UntilAsync("() => document.querySelector('#found table')");
        foreach (var place in (string[])["#name", "#asked", "#scale", "#client h3", "#found"])
        {
            Assert.Contains(Markup, await page.Page.Locator(place).InnerTextAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(0, await page.Page.Locator("img").CountAsync());
    }

    [Fact]
    public async Task A_run_in_this_process_shows_its_rounds_nodes_and_messages_before_they_are_in_tables()
    {
        var run = new GrowingRun(_folder.In("run"));
        using var feed = new LiveFeed(TimeProvider.System) { Place = () => "3 nodes" };
        var runs = WatchedFolder.Of(_folder.In("run"), TimeProvider.System);
        runs.PlayedHere(_folder.In("run"), feed);
        run.Change(record => record with { Configuration = Cohorts(record) });
        run.Append([new Deed(1), new Deed(0), new Deed(1), new Deed(0), new Deed(1)], .5);
        feed.Begin(Configured.Run().Plan);
        feed.Placed(0, 0, "akka.tcp://flcrowd@127.0.0.1:1");
        feed.Placed(0, 2, "akka.tcp://flcrowd@127.0.0.1:1");
        feed.Placed(0, 1, "akka.tcp://flcrowd@127.0.0.1:2");
        for (int round = 0; round < 4; round++)
        {
            feed.Tested(0, 1, round, new Evaluation(1, 2 - round * .25, round * .25));
        }

        Assert.True(feed.Wants(0, Seat.Client(4)));
        Assert.False(feed.Wants(1, Seat.Client(40)));
        feed.Message(new(0, 1, 3, Seat.Server, Seat.Cohort(0), "GlobalModel", "w", false));
        feed.Message(new(0, 1, 3, Seat.Cohort(0), Seat.Client(1), "GlobalModel", Markup, false));
        feed.Message(new(0, 1, 3, Seat.Client(1), Seat.Trainer, "TrainLocally", "D = 3", true));
        await using var page = await OpenAsync(runs);
        await EpisodeAsync(page, 0);
        await page.UntilAsync("() => document.querySelectorAll('#sequence g.message').length === 3");
        Assert.Equal(1, await page.Page.Locator("#sequence .arrow.secret").CountAsync());
        Assert.Equal(
            ["akka.tcp://flcrowd@127.0.0.1:1\t2\t0, 2", "akka.tcp://flcrowd@127.0.0.1:2\t1\t1"],
            await page.Page.Locator("#nodes tbody tr").AllInnerTextsAsync());
        Assert.Contains("3 nodes", await page.Page.Locator("#progress").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(.75, (await page.EndsAsync("test accuracy by round"))["episode 1, under way"]);

        // Cohorts 0 and 2 are together, and cohort 1 is below them.
        Assert.True(await page.Page.EvaluateAsync<bool>(
            "() => { const y = cell => document.getElementById('cells').cellAt(cell)[1]; return y(0) === y(4) && y(2) > y(0); }"));
        await page.Page.Locator("#sequence g.message").Nth(1).HoverAsync();
        Assert.Contains(Markup, await page.Page.Locator(".tip").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_runs_leads_to_each()
    {
        new GrowingRun(_folder.In("runs/a#b?c"), experiment: "one").Append([new Deed(1)], .5);
        _ = new GrowingRun(_folder.In("runs/second"), experiment: Markup);
        await using var page = await OpenAsync(WatchedFolder.Of(_folder.In("runs"), TimeProvider.System));
        await page.UntilAsync("() => document.querySelectorAll('#runs tbody tr').length === 2");
        Assert.Equal(0, await page.Page.Locator("img").CountAsync());
        await page.Page.GetByText("a#b?c").ClickAsync();
        await EpisodeAsync(page, 0);
        Assert.Equal("one", await page.Page.Locator("#name").InnerTextAsync());
    }

    private static System.Text.Json.Nodes.JsonObject Cohorts(RunRecord record)
    {
        var configuration = record.Configuration.DeepClone().AsObject();
        configuration["execution"] = new System.Text.Json.Nodes.JsonObject { ["cohort-size"] = "2" };
        return configuration;
    }

    private Task<BrowserPage> OpenAsync(bool isDark = false, int width = 1400) =>
        OpenAsync(WatchedFolder.Of(_folder.In("run"), TimeProvider.System), isDark, width);

    private async Task<BrowserPage> OpenAsync(WatchedFolder runs, bool isDark = false, int width = 1400)
    {
        var page = await chromium.OpenAsync(isDark, width);
        _server = await WatchServer.StartAsync(runs, 0);
        await page.Page.GotoAsync(_server.Address);
        return page;
    }

    /// <summary>Waits until an episode's crowd and curves are shown.</summary>
    private static Task EpisodeAsync(BrowserPage page, int episode) => page.UntilAsync(
        $"() => (document.getElementById('cells').shown || '').endsWith(' {episode}')"
        + $" && document.getElementById('charts').shown === {episode}");
}
