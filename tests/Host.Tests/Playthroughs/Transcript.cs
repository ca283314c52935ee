using System.Globalization;
using System.Text;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Recording;
using FLCrowd.Host.Configuration;

namespace FLCrowd.Host.Tests.Playthroughs;

/// <summary>
/// A played game for people to read: what was announced to whom, and of each episode what every client did and got, how good the model
/// was, and what was published. Numbers have as many digits as all processors agree on.
/// </summary>
internal sealed class Transcript
{
    /// <summary>Rounding of sums: nothing in these games is as small as that.</summary>
    private const double Nothing = 1e-9;

    private readonly StringBuilder _text = new();
    private readonly PluginCatalog _catalog;
    private readonly IReadOnlyDictionary<int, IReadOnlyList<PublishedPayoff>> _published;
    private int _digits;

    private Transcript(PluginCatalog catalog, IReadOnlyDictionary<int, IReadOnlyList<PublishedPayoff>> published) =>
        (_catalog, _published) = (catalog, published);

    /// <param name="played">The games.</param>
    /// <param name="catalog">All plug-ins.</param>
    /// <param name="published">By episode: what clients were told of the one before.</param>
    public static string Of(
        Played played, PluginCatalog catalog, IReadOnlyDictionary<int, IReadOnlyList<PublishedPayoff>> published)
    {
        var transcript = new Transcript(catalog, published);
        foreach (var warning in played.Warnings)
        {
            transcript.Line($"warning: {warning}");
        }

        foreach (var game in played.Plan.Games)
        {
            transcript.Game(played.Plan, game, [.. played.Episodes.Where(episode => episode.Game.Game == game.Game)]);
        }

        return transcript._text.ToString();
    }

    private void Game(ExperimentPlan plan, GameDefinition game, IReadOnlyList<RecordedEpisode> episodes)
    {
        // The quadratic world computes coordinate by coordinate; the kernels of classifiers add up as many at once as a register holds.
        _digits = double.IsNaN(episodes[0].Result.Rounds[^1].Evaluation.Accuracy) ? 6 : 4;
        Line("");
        Line(plan.NameOf(game));
        Announced(game);
        foreach (var episode in episodes)
        {
            Episode(episode);
        }
    }

    private void Announced(GameDefinition game)
    {
        using var parts = GameParts.Of(game, _catalog);
        var crowd = new Crowd(game.Crowd);
        var assignments = parts.Try(_catalog.CreateMechanism(game.Incentive.Mechanism));
        Rows(parts.Profiles.Zip(assignments, (profile, asked) => (string[])
        [
            $"  client {profile.Client} is {crowd.StrategyOf(profile.Client).Name}",
            $"p {Number(profile.Weight)}",
            $"c_l {Number(profile.Costs.Labeling)}",
            $"c_p {Number(profile.Costs.Computation)}",
            $"asked for e {Number(asked.Effort)}",
            $"D {asked.BatchSize}",
            $"gamma {Number(asked.Gamma)}",
            $"promised {Number(asked.Terms.Fixed)} - {Number(asked.Terms.LossSlope)} f",
            string.Join(", ", asked.Terms.Announced.Select(number => $"{number.Key} {Number(number.Value)}")),
        ]));
    }

    private void Episode(RecordedEpisode episode)
    {
        var result = episode.Result;
        Line("");
        Line($"  episode {result.Episode}");
        if (_published.TryGetValue(result.Episode, out var published))
        {
            Rows(published.Select(same => (string[])
            [
                $"  published: e {Number(same.Behavior.Effort)}",
                $"D/D' {Number(same.Behavior.BatchFactor)}",
                $"gamma {Number(same.Behavior.Gamma)}",
                $"paid {same.Clients} clients {Number(same.MeanPayoff)}",
            ]));
        }

        Rows(episode.Clients.Select(Did));
        Rows(result.Rounds.Select(Tested));
        Line($"  server: f {Number(result.PaidLoss)}, pays {Number(result.TotalReward)}, payoff {Number(result.ServerPayoff)}");
    }

    private string[] Did(ClientOutcome client) =>
    [
        $"  client {client.Client}:",
        $"e {Number(client.Action?.Effort)}",
        $"D {client.Action?.BatchSize.ToString(CultureInfo.InvariantCulture) ?? "-"}",
        $"gamma {Number(client.Action?.Gamma)}",
        $"reward {Number(client.Reward)}",
        $"cost {Number(client.Cost)}",
        $"payoff {Number(client.Reward - client.Cost)}",
        client.SurrogatePayoff is { } expected ? $"u_hat {Number(expected)}" : "",
        client.Failure is { } failure ? $"failed: {failure}" : "",
    ];

    private string[] Tested(RoundEvaluation tested) =>
    [
        $"  round {tested.Round}:",
        $"training loss {Number(tested.Evaluation.TrainingLoss)}",
        $"test loss {Number(tested.Evaluation.TestLoss)}",
        double.IsNaN(tested.Evaluation.Accuracy) ? "" : $"accuracy {Number(tested.Evaluation.Accuracy)}",
    ];

    private string Number(double? value) => value switch
    {
        null => "-",
        > -Nothing and < Nothing => "0",
        { } number => number.ToString($"G{_digits}", CultureInfo.InvariantCulture),
    };

    /// <summary>Writes rows of equally many cells below each other.</summary>
    private void Rows(IEnumerable<string[]> rows)
    {
        string[][] all = [.. rows];
        foreach (string[] row in all)
        {
            Line(string.Join("  ", row.Select((cell, column) => cell.PadRight(all.Max(other => other[column].Length)))));
        }
    }

    private void Line(string line) => _text.Append(line.TrimEnd()).Append('\n');
}
