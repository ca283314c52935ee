using FLCrowd.Actors.Builds;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Experiments;

/// <summary>Games that fail among others that do not.</summary>
public sealed class FailedGamesSpec : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flcrowd-");
    private readonly List<int> _chosen = [];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Others_are_played_and_have_their_numbers(int parallelGames)
    {
        var (_, whole) = await TestNode.PlayAsync(Plugins(), Plan() with { GoesOn = false, Failed = [] });
        Assert.Equal([0, 1, 2], whole.Episodes.Select(episode => episode.Number)); // the first failure ends it

        var (result, sink) = await TestNode.PlayAsync(Plugins(), Plan(), parallelGames: parallelGames);
        const string Failure = "2 of 5 games failed, first game 1 (seed 7, x = b): client 1, before round 1 of episode 1: "
            + "its strategy 'fickle' failed to choose: boom";
        Assert.Equal((ExperimentStatus.Failed, Failure, false), (result.Status, result.Failure, result.IsBadInput));
        Assert.Equal([(1, "b"), (3, "d")], result.FailedGames.Select(failed => (failed.Game, failed.Swept[0])));

        // What was recorded of game 1 before it failed stays, and so do the numbers of all episodes.
        Assert.Equal([0, 1, 2, 4, 5, 8, 9], sink.Episodes.Select(episode => episode.Number));
        Assert.Equal((7, 1), (result.EpisodesRecorded, sink.Disposals));

        var (alone, part) = await TestNode.PlayAsync(
            Plugins(), Games.Plan(Games.Of(("truthful", 1), ("truthful", 1)) with { Episodes = 2 }));
        Assert.Equal(ExperimentStatus.Completed, alone.Status);
        Assert.Equal(part.Episodes[1].Result.Rounds, sink.Episodes.Single(episode => episode.Number == 9).Result.Rounds);
    }

    [Fact]
    public async Task They_are_not_played_again_and_not_forgotten()
    {
        var (first, whole) = await PlayAsync(Plan());
        Assert.Equal(3, _chosen.Count); // episode 0 and 1 of game 1, episode 0 of game 3
        var (second, again) = await PlayAsync(Plan() with { Failed = first.FailedGames });
        Assert.Equal(3, _chosen.Count);
        Assert.Equal(whole.Text, again.Text);
        Assert.Equal((first.Status, first.Failure, 0), (second.Status, second.Failure, second.ClientUpdates));
        Assert.Equal(first.FailedGames, second.FailedGames);
    }

    [Fact]
    public async Task What_is_not_a_games_own_fault_ends_the_run()
    {
        var plugins = Plugins();
        plugins.Catalog.AddModel<NoOptions>("unset", "Has no settings.", (_, _) => throw new SettingException("data", "is corrupt"));
        var games = Plan().Games.ToArray();
        games[1] = games[1].Learning(learning => learning with { Model = new PluginChoice("unset") });
        var (result, sink) = await TestNode.PlayAsync(plugins, Plan().Prepared(games, []));
        Assert.Equal((ExperimentStatus.Failed, true, 2), (result.Status, result.IsBadInput, sink.Episodes.Count));
        Assert.Empty(result.FailedGames);
    }

    private async Task<(ExperimentResult Result, MemorySink Sink)> PlayAsync(ExperimentPlan plan)
    {
        await using var node = await TestNode.StartAsync(
            Plugins(), journals: JournalStore.Sqlite(Path.Combine(_folder.FullName, "journal.db")));
        var journal = await RunJournal.OpenAsync(node.System, "run", new ProgramBuild("1.0", ".NET 10", "X64", []), [], null);
        if (journal.Plan is null)
        {
            await journal.KeepAsync(plan, []);
        }

        var sink = new MemorySink();
        return (await node.RunAsync(plan, sink, journal: journal), sink);
    }

    /// <summary>Game 1 fails in its second episode, game 3 in its first.</summary>
    private static ExperimentPlan Plan()
    {
        GameDefinition[] games =
        [
            .. "abcde".Select((letter, number) =>
                Games.Of(("truthful", 1), (Second(number), 1)) with { Episodes = 2, Swept = [$"{letter}"] }),
        ];
        return Games.Plan(games) with { SweptPaths = ["x"], GoesOn = true };
    }

    private static string Second(int game) => game switch
    {
        1 => "fickle",
        3 => "broken",
        _ => "truthful",
    };

    private FakePlugins Plugins() => new FakePlugins()
        .Add("fickle", view => Choose(view, breaks: view.Episode == 1))
        .Add("broken", view => Choose(view, breaks: true));

    private ClientAction Choose(ClientView view, bool breaks)
    {
        lock (_chosen)
        {
            _chosen.Add(view.Episode);
        }

        return breaks ? throw new InvalidOperationException("boom") : view.Assignment.AsAction;
    }
}
