using System.Globalization;
using FLCrowd.Analysis.Regret;

namespace FLCrowd.Experiments.Regret;

/// <summary>Payoffs of a regret experiment as they come in, from the games or from their tables.</summary>
internal sealed class RegretSamples(RegretDesign design)
{
    private readonly Dictionary<string, BlockSamples> _blocks = design.Blocks.ToDictionary(
        block => Key(block.Values, block.Deal), block => new BlockSamples(block));

    public BlockSamples Of(RegretBlock block) => _blocks[Key(block.Values, block.Deal)];

    /// <summary>Adds what a client got in a game; games of blocks that are not the design's are for something else.</summary>
    public void Add(RegretPlay play, int client, double payoff, double cost)
    {
        var block = _blocks.GetValueOrDefault(Key(play.Block, play.Deal));
        if (play.Coalition is { } coalition)
        {
            block?.AddCoalition(coalition, client, play.Replicate, payoff);
        }
        else if (play.Deviation is not { } deviation)
        {
            block?.AddProfile(client, play.Replicate, payoff, cost);
        }
        else if (deviation.Client == client)
        {
            block?.AddDeviation(deviation, play.Replicate, payoff);
        }
    }

    private static string Key(IEnumerable<string> values, ulong? deal) =>
        string.Join('\u001f', values.Append(deal?.ToString(CultureInfo.InvariantCulture) ?? ""));
}
