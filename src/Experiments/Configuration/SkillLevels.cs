using MathNet.Numerics.Distributions;

namespace FLCrowd.Experiments.Configuration;

/// <summary>How likely careful labels are right, by client, as configured (<c>data.labels.skill</c>).</summary>
/// <param name="draw">A client's skill in a game of a seed; null: they are given.</param>
/// <param name="given">One for all clients, or one for each.</param>
public sealed class SkillLevels(Func<Seed, int, double>? draw, ValueList<double> given)
{
    private const string Key = "skill";

    private static readonly Bounds Probability = Bounds.Between(0, 1);

    /// <summary>Reads the setting.</summary>
    /// <param name="labels">The section <c>data.labels</c>.</param>
    /// <param name="clients">The number of clients N.</param>
    /// <exception cref="SettingException">It is none of what it may be, or its numbers do not fit.</exception>
    public static SkillLevels Read(Section labels, int clients)
    {
        if (!labels.IsBlock(Key))
        {
            double[] values = labels.Numbers(Key, Probability);
            return !labels.IsList(Key) || values.Length == clients
                ? new SkillLevels(null, new ValueList<double>(values))
                : throw new SettingException(labels.PathOf(Key), $"has {values.Length} entries, but data.clients is {clients}");
        }

        var block = labels.Sub(Key);
        var draw = block.OneOf("distribution", ["uniform", "beta"], name => name) == "uniform" ? Uniform(block) : OfBeta(block);

        // Those of another distribution, from a file that is changed by this one, do nothing.
        _ = (block.Has("from"), block.Has("to"), block.Has("mean"), block.Has("concentration"));
        block.Done();
        return new SkillLevels(draw, new ValueList<double>());
    }

    /// <summary>The skills in a game.</summary>
    /// <param name="clients">The number of clients N.</param>
    /// <param name="seed">The game's.</param>
    public ValueList<double> Of(int clients, Seed seed) => draw is null
        ? given
        : new ValueList<double>(Enumerable.Range(0, clients).Select(client => draw(seed.For(Key), client)));

    private static Func<Seed, int, double> Uniform(Section block)
    {
        double from = block.Number("from", Probability), to = block.Number("to", Bounds.Between(from, 1));
        return (draws, client) => from + (to - from) * draws.Uniform(client);
    }

    private static Func<Seed, int, double> OfBeta(Section block)
    {
        double mean = block.Number("mean", Probability), concentration = block.Number("concentration", Bounds.Above(0));
        return (draws, client) => mean is 0 or 1
            ? mean
            : Beta.Sample(draws.For("beta", client).ToRandom(), mean * concentration, (1 - mean) * concentration) is var skill
                && double.IsFinite(skill)
                    ? skill
                    : draws.Uniform(client) < mean ? 1 : 0; // of a tiny concentration, whose limit this is
    }
}
