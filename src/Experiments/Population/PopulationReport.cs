using System.Collections.Immutable;
using FLCrowd.Actors.Recording;
using FLCrowd.Analysis.EmpiricalGames;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Population;

/// <summary>What a population experiment found, from the tables of its run.</summary>
/// <param name="Design">How it was carried out.</param>
/// <param name="Blocks">One per cell of variants and grid.</param>
internal sealed record PopulationReport(PopulationDesign Design, IReadOnlyList<PopulationBlock> Blocks)
{
    /// <exception cref="SettingException">A table is missing, or is not what a run writes.</exception>
    public static PopulationReport Read(string directory, PopulationDesign design)
    {
        var games = new Dictionary<int, PlayedGame>();
        var episodes = new Dictionary<int, PlayedGame>();
        foreach (var row in CsvRows.Of(directory, EpisodeTable.Schema))
        {
            if (!games.TryGetValue(row[EpisodeTable.Game], out var game))
            {
                var counts = Compositions.Parse(row[PopulationDesign.Profile]);
                var (seed, draw) = (row[EpisodeTable.Seed], row[PopulationDesign.Draw]);
                games[row[EpisodeTable.Game]] = game = new PlayedGame(
                    [.. design.Swept.Select(row.Text)], counts, seed, draw, PopulationPlan.Roles(seed, draw, counts));
            }

            episodes[row[EpisodeTable.Episode]] = game;
            game.Outcomes.Add([
                row[EpisodeTable.TrainingLoss], row[EpisodeTable.TestLoss], row[EpisodeTable.Accuracy], row[EpisodeTable.TotalReward],
                row[EpisodeTable.ServerPayoff]]);
        }

        foreach (var row in ExpectedTable.Read(directory))
        {
            if (episodes.TryGetValue(row.Episode, out var game))
            {
                game.Expected[game.Roles[row.Client]].Add(row.Payoff);
            }
        }

        foreach (var row in CsvRows.Of(directory, ClientTable.Schema))
        {
            if (episodes.TryGetValue(row[ClientTable.Episode], out var game))
            {
                game.Payoffs[game.Roles[row[ClientTable.Client]]].Add(row[ClientTable.Payoff]);
            }
        }

        return new PopulationReport(design, [.. games.Values
            .GroupBy(game => string.Join('\u001f', game.Cell))
            .Select(cell => PopulationBlock.Of(design, cell.First().Cell, Profiles(cell)) with
            {
                Exact = ExactTable.Of(cell.Select(game => (game.Counts, Payoffs: game.Exact))),
            })]);
    }

    private static ProfilePayoffs[] Profiles(IEnumerable<PlayedGame> cell) =>
    [
        .. cell.GroupBy(game => Compositions.Text(game.Counts)).Select(profile => new ProfilePayoffs(
            [.. profile.First().Counts],
            profile.ToImmutableSortedDictionary(game => (game.Seed, game.Draw), game => game.Play()))),
    ];

    /// <summary>Of each strategy, over clients and episodes; not a number where nobody plays it.</summary>
    private static double[] Means(IEnumerable<List<double>> payoffs) =>
        [.. payoffs.Select(list => list.Count > 0 ? list.Average() : double.NaN)];

    /// <summary>A game as its episodes and clients are read.</summary>
    private sealed record PlayedGame(IReadOnlyList<string> Cell, int[] Counts, ulong Seed, int Draw, int[] Roles)
    {
        public List<double[]> Outcomes { get; } = [];

        /// <summary>By strategy.</summary>
        public IReadOnlyList<List<double>> Payoffs { get; } = [.. Counts.Select(_ => new List<double>())];

        /// <summary>In closed form, by strategy; empty where there is none.</summary>
        public IReadOnlyList<List<double>> Expected { get; } = [.. Counts.Select(_ => new List<double>())];

        /// <summary>Their means; not numbers where some play has none.</summary>
        public double[] Exact =>
            [.. Means(Expected).Select((mean, strategy) => Expected[strategy].Count == Payoffs[strategy].Count ? mean : double.NaN)];

        public ProfilePlay Play() => new(
            [.. Means(Payoffs)],
            Mean(0), Mean(1), Mean(2), Mean(3), Mean(4));

        private double Mean(int column) => Outcomes.Average(row => row[column]);
    }
}

/// <summary>The population of one cell.</summary>
/// <param name="Cell">Its values of the swept columns.</param>
/// <param name="Profiles">The profiles that were played, in their order.</param>
/// <param name="Analysis">What the table says; null where it is not complete.</param>
internal sealed record PopulationBlock(IReadOnlyList<string> Cell, IReadOnlyList<ProfilePayoffs> Profiles, PopulationAnalysis? Analysis)
{
    /// <summary>The same payoffs in closed form; null where they have none.</summary>
    public ExactTable? Exact { get; init; }

    public static PopulationBlock Of(PopulationDesign design, IReadOnlyList<string> cell, IReadOnlyList<ProfilePayoffs> profiles)
    {
        bool isComplete = profiles.Count == Compositions.Count(design.Clients, design.Strategies.Count);
        return new PopulationBlock(cell, profiles, isComplete ? PopulationAnalysis.Of(profiles, design.Reading()) : null);
    }
}
