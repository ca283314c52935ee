using System.Collections.Immutable;
using FLCrowd.Analysis.EmpiricalGames;
using FLCrowd.Experiments.Sweeps;

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
        foreach (var row in RunTables.Rows(directory, "episodes.csv"))
        {
            if (!games.TryGetValue(row.Whole("game"), out var game))
            {
                var counts = Compositions.Parse(row.Text("profile"));
                games[row.Whole("game")] = game = new PlayedGame(
                    [.. design.Swept.Select(row.Text)], counts, row.Seed(), row.Whole("draw"), PopulationPlan.Roles(row.Seed(), row.Whole("draw"), counts));
            }

            episodes[row.Whole("episode")] = game;
            game.Outcomes.Add([
                row.Number("training_loss"), row.Number("test_loss"), row.Number("accuracy"), row.Number("total_reward"), row.Number("server_payoff")]);
        }

        foreach (var row in RunTables.Rows(directory, "clients.csv"))
        {
            if (episodes.TryGetValue(row.Whole("episode"), out var game))
            {
                game.Payoffs[game.Roles[row.Whole("client")]].Add(row.Number("payoff"));
            }
        }

        return new PopulationReport(design, [.. games.Values
            .GroupBy(game => string.Join('\u001f', game.Cell))
            .Select(cell => PopulationBlock.Of(design, cell.First().Cell, [.. cell
                .GroupBy(game => Compositions.Text(game.Counts))
                .Select(profile => new ProfilePayoffs(
                    [.. profile.First().Counts], profile.ToImmutableSortedDictionary(game => (game.Seed, game.Draw), game => game.Play())))]))]);
    }

    /// <summary>A game as its episodes and clients are read.</summary>
    private sealed record PlayedGame(IReadOnlyList<string> Cell, int[] Counts, ulong Seed, int Draw, int[] Roles)
    {
        public List<double[]> Outcomes { get; } = [];

        /// <summary>By strategy.</summary>
        public IReadOnlyList<List<double>> Payoffs { get; } = [.. Counts.Select(_ => new List<double>())];

        public ProfilePlay Play() => new(
            [.. Payoffs.Select(payoffs => payoffs.Count > 0 ? payoffs.Average() : double.NaN)], Mean(0), Mean(1), Mean(2), Mean(3), Mean(4));

        private double Mean(int column) => Outcomes.Average(row => row[column]);
    }
}

/// <summary>The population of one cell.</summary>
/// <param name="Cell">Its values of the swept columns.</param>
/// <param name="Profiles">The profiles that were played, in their order.</param>
/// <param name="Analysis">What the table says; null where it is not complete.</param>
internal sealed record PopulationBlock(IReadOnlyList<string> Cell, IReadOnlyList<ProfilePayoffs> Profiles, PopulationAnalysis? Analysis)
{
    public static PopulationBlock Of(PopulationDesign design, IReadOnlyList<string> cell, IReadOnlyList<ProfilePayoffs> profiles)
    {
        bool isComplete = profiles.Count == Compositions.Count(design.Clients, design.Strategies.Count);
        return new PopulationBlock(cell, profiles, isComplete ? PopulationAnalysis.Of(profiles, design.Reading()) : null);
    }
}
