using System.Globalization;
using System.Text;
using FLCrowd.Actors.Definitions;

namespace FLCrowd.Experiments.Games;

/// <summary>Tells games apart by what cooperative clients make of them; how clients are grouped does not matter.</summary>
internal static class GameKey
{
    /// <summary>Equal for games whose cooperative episodes, and losses that pay, are equal: same seed, learning, weights and batch
    /// sizes.</summary>
    public static string OfTraining(GameDefinition game) => Key(game, costs: false);

    /// <summary>The same, with the clients' costs.</summary>
    public static string WithCosts(GameDefinition game) => Key(game, costs: true);

    private static string Key(GameDefinition game, bool costs)
    {
        var key = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{game.Seed}|{game.Learning}|{game.Crowd.Clients}");
        key.Append('|').AppendJoin(',', game.Crowd.BatchSizes);
        if (game.Crowd.Sizes is { } sizes)
        {
            key.Append(CultureInfo.InvariantCulture, $"|{sizes.InWeights}|{sizes.InLabelingCosts}|").AppendJoin(',', sizes.SampleCounts);
        }

        // What pilots and searches call the test loss.
        if (game.Incentive.PayoffBasis == PayoffBasis.Objective)
        {
            key.Append("|objective");
        }

        if (costs)
        {
            key.Append('|').AppendJoin(',', game.Crowd.LabelingCosts.Select(Text));
            key.Append('|').AppendJoin(',', game.Crowd.ComputationCosts.Select(Text));
        }

        // One entry wherever a client differs from the one before it.
        (double, double?, double?) previous = (1, null, null);
        var members = game.Crowd.Groups.SelectMany(group => group.Members, (group, range) => (group, range));
        foreach (var (group, range) in members.OrderBy(member => member.range.First))
        {
            var facts = costs ? (group.Weight, group.LabelingCost, group.ComputationCost) : (group.Weight, null, null);
            if (facts != previous)
            {
                key.Append(CultureInfo.InvariantCulture, $"|{range.First}:{facts}");
                previous = facts;
            }
        }

        return key.ToString();
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
