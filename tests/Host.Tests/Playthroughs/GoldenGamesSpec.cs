using FLCrowd.Actors.Definitions;
using FLCrowd.Host.Tests.Templates;
using FLCrowd.Model;
using FLCrowd.Sample.Plugin;
using FLCrowd.Strategies;

namespace FLCrowd.Host.Tests.Playthroughs;

/// <summary>
/// Small games that were played once, and read: whoever changes a number of them changes what users get. Each file of Golden/Games is
/// an experiment, and below it what the real actors made of it. A new game is a file with an experiment alone: the test says how to accept
/// the rest.
/// </summary>
public class GoldenGamesSpec
{
    private const string Rule = "\n---- as played ----\n";

    private static readonly string Folder = Path.Combine(OutsideProjects.Solution(), "tests/Host.Tests/Golden/Games");

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "*.txt").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_game_is_played_as_ever(string file)
    {
        var games = new GamesPlugin();
        var catalog = Catalog(games);
        string accepted = Read(file), experiment = Experiment(accepted);
        var played = await Played.FileAsync(catalog, experiment);
        string actual = experiment + Rule + Transcript.Of(played, catalog, games.Published);

        string received = Path.Combine(AppContext.BaseDirectory, "Golden/Games", Path.ChangeExtension(file, ".received.txt"));
        await File.WriteAllTextAsync(received, actual, TestContext.Current.CancellationToken);
        Assert.True(accepted == actual, $"""
            The games of {file} are not played as they were.
            {FirstDifference(accepted.Split('\n'), actual.Split('\n'))}
            If you mean it, read the whole difference, and accept it with
                cp {received} {Path.Combine(Folder, file)}
            and say in the commit message which results change.
            """);
    }

    [Fact]
    public void Everything_that_is_built_in_is_played_in_some_game()
    {
        var catalog = Catalog(new GamesPlugin());
        GameDefinition[] games = [.. Files.SelectMany(file => Configured.File(catalog, Experiment(Read(file.Data)), null).Plan.Games)];
        IEnumerable<(PluginKind, string)> played =
        [
            .. games.SelectMany(game => game.Crowd.Groups).Select(group => (PluginKind.Strategy, group.Strategy.Name)),
            .. games.Select(game => (PluginKind.Mechanism, game.Incentive.Mechanism.Name)),
            .. games.Select(game => (PluginKind.Aggregator, game.Learning.Aggregator.Name)),
            .. games.Select(game => (PluginKind.Partition, game.Learning.Partition.Choice.Name)),
            .. games.Select(game => catalog.CreateMechanism(game.Incentive.Mechanism)).OfType<ISurrogateMechanism>()
                .Select(mechanism => (PluginKind.Surrogate, mechanism.Surrogate.Name)),
        ];
        PluginKind[] kinds = [PluginKind.Strategy, PluginKind.Mechanism, PluginKind.Aggregator, PluginKind.Surrogate, PluginKind.Partition];
        Assert.Empty(kinds.SelectMany(kind => Configured.Catalog.List(kind).Select(known => (kind, known.Name))).Except(played));
        Assert.Equal(Enum.GetValues<PayoffBasis>(), games.Select(game => game.Incentive.PayoffBasis).Distinct().Order());
        Assert.Equal(Enum.GetValues<CostBasis>(), games.Select(game => game.Learning.Protocol.CostBasis).Distinct().Order());
        Assert.Equal(
            Enum.GetValues<RevisionOrder>(), games.Select(game => game.Revision?.Order ?? RevisionOrder.Simultaneous).Distinct().Order());
    }

    private static PluginCatalog Catalog(GamesPlugin games) =>
        PluginCatalog.Of(new ModelPlugin(), new StrategiesPlugin(), new SamplePlugin(), games);

    private static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file)).ReplaceLineEndings("\n");

    private static string Experiment(string transcript) => transcript.Split(Rule)[0];

    private static string FirstDifference(string[] accepted, string[] actual)
    {
        int line = accepted.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"""
            Line {line + 1} was '{accepted.ElementAtOrDefault(line)?.Trim()}'
            and is '{actual.ElementAtOrDefault(line)?.Trim()}'.
            """;
    }
}
