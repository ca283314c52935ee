using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using FLCrowd.Experiments.Configuration;

namespace FLCrowd.Experiments.Kinds;

/// <summary>
/// How many games a run begins with, counted before any is made: a million of them would fill the memory first, and take years later.
/// What regret and dynamics play beyond that, because a question is still open, is not known by then.
/// </summary>
internal static class GameCount
{
    public const string Limit = "experiment.max-games";

    /// <exception cref="SettingException">There are more than <c>experiment.max-games</c>, or more episodes than tables number.</exception>
    public static void Check(Settings settings)
    {
        var experiment = settings.Experiment;
        var factors = Factors(settings).ToList();
        var games = factors.Aggregate(BigInteger.One, (product, factor) => product * factor.Count);
        Check(
            experiment,
            games,
            string.Join(" x ", factors.Where(factor => factor.Count > 1).Select(factor => $"{Text(factor.Count)} {factor.Name}")));
        if (games * experiment.Episodes is var episodes && episodes > int.MaxValue)
        {
            throw new SettingException(
                "experiment.episodes",
                $"is {Text(experiment.Episodes)}: with {Text(games)} games that is {Text(episodes)} episodes; "
                + $"a run has at most {Text(int.MaxValue)}");
        }

        if (settings.Tuning is { Free: not FreeParameters.None } free
            && 2 * (BigInteger)free.Parts * settings.Crowd.Clients * free.Seeds is var scaled && scaled > experiment.MaxGames)
        {
            throw new SettingException(
                $"{StepSizeTuning.Path}.parts",
                $"is {Text(free.Parts)}: with {Text(settings.Crowd.Clients)} clients and {Text(free.Seeds)} seeds that is {Text(scaled)} "
                + $"games; {Limit} is {Text(experiment.MaxGames)}");
        }

        if (settings.Tuning is { } tuning && (BigInteger)tuning.Points * tuning.Seeds is var pilots && pilots > experiment.MaxGames)
        {
            throw new SettingException(
                StepSizeTuning.Path,
                $"tries {Text(tuning.Points)} step sizes with {Text(tuning.Seeds)} seeds, {Text(pilots)} games; "
                + $"{Limit} is {Text(experiment.MaxGames)}");
        }
    }

    /// <summary>The same of games that a kind counts by itself.</summary>
    /// <param name="experiment">Says how many there may be.</param>
    /// <param name="games">How many they are.</param>
    /// <param name="factors">Where they come from, for people.</param>
    /// <exception cref="SettingException">There are more than <c>experiment.max-games</c>.</exception>
    public static void Check(ExperimentSettings experiment, BigInteger games, string factors)
    {
        if (games > experiment.MaxGames)
        {
            throw new SettingException(
                Limit, $"is {Text(experiment.MaxGames)}, but the run has {Text(games)} games ({factors}); ask for less, or raise it");
        }
    }

    private static IEnumerable<(string Name, BigInteger Count)> Factors(Settings settings)
    {
        var experiment = settings.Experiment;
        if (!experiment.Kind.IsSwept)
        {
            yield break;
        }

        yield return ("variants", Math.Max(1, experiment.Variants.Count));
        foreach (var (axis, points) in experiment.Axes)
        {
            yield return ($"of {axis}", Math.Max(1, (points as JsonObject)?.Count ?? 1));
        }

        foreach (var (path, values) in experiment.Grid)
        {
            yield return ($"of {path}", Math.Max(1, (values as JsonArray)?.Count ?? 1));
        }

        if (experiment.Kind.HasSeeds)
        {
            yield return ("seeds", experiment.SeedCount);
        }

        if (experiment.Kind.IsRepeated)
        {
            yield return ("draws", experiment.Draws);
        }

        foreach (var factor in experiment.Asked.Factors(settings))
        {
            yield return factor;
        }
    }

    public static string Text(BigInteger number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
