using System.Globalization;
using System.Text;

namespace FLCrowd.Model.Tests.Data;

/// <summary>
/// Makes data/leaves, the same bytes on every machine: leaves that people measured, and what volunteers called them. None of it was
/// observed; data/leaves/README.md says how it is drawn. Only sums, products and quotients, on which all processors agree.
/// </summary>
internal static class MadeLeaves
{
    public const int Training = 1500, Test = 500, Observers = 40, TestObservers = 10, Volunteers = 25, AnswersPerLeaf = 4;

    private const double Hard = 0.3;

    /// <summary>By species: the mean of each measure, and what volunteers confuse it with.</summary>
    public static readonly (string Name, double[] Means, string Like)[] Species =
    [
        ("beech", [80, 55, 10, 1.0, 7, 95], "hornbeam"),
        ("birch", [52, 38, 20, 4.0, 6, 72], "lime"),
        ("elm", [92, 58, 6, 3.6, 13, 84], "hornbeam"),
        ("hornbeam", [85, 48, 12, 4.4, 11, 80], "elm"),
        ("lime", [74, 66, 32, 3.2, 7, 88], "birch"),
        ("oak", [100, 60, 6, 0.8, 7, 112], "beech"),
    ];

    /// <summary>length, width, stalk (mm); teeth per cm; pairs of veins; angle of the tip (degrees).</summary>
    private static readonly double[] Spread = [15, 11, 5, 1.0, 2.0, 13];

    private static readonly Seed Drawn = new Seed(16).For("leaves");

    /// <summary>The probability that a volunteer calls a leaf of middling difficulty what it is; null: names are drawn at random.</summary>
    public static double? SkillOf(int volunteer) => volunteer switch
    {
        < 4 => 0.95,
        < 18 => 0.7 + 0.2 * Drawn.For("regular").Uniform(volunteer),
        < 23 => 0.5 + 0.15 * Drawn.For("beginner").Uniform(volunteer),
        _ => null,
    };

    /// <summary>The species of every leaf, those to train on first.</summary>
    public static int[] Kinds() => [.. Leaves().Select(leaf => leaf.Species)];

    public static string Leaf()
    {
        var text = new StringBuilder("split,observer,length,width,stalk,teeth,veins,angle,species\n");
        foreach (var (index, (observer, species)) in Leaves().Index())
        {
            var draws = Drawn.For("leaf", index);
            double scale = 1 + 0.1 * Normal(Drawn.For("ruler"), observer);
            var measures = Species[species].Means.Select((mean, measure) =>
                Math.Max(measure is 3 ? 0.1 : 1, (mean + Spread[measure] * Normal(draws, measure)) * (measure < 3 ? scale : 1)));
            text.Append(CultureInfo.InvariantCulture, $"{(index < Training ? "train" : "test")},o{observer + 1:00},")
                .AppendJoin(',', measures.Select((value, measure) =>
                    value.ToString(measure is 3 ? "0.0" : "0", CultureInfo.InvariantCulture)))
                .Append(',').Append(Species[species].Name).Append('\n');
        }

        return text.ToString();
    }

    public static string Answers()
    {
        var text = new StringBuilder("sample,worker,answer\n");
        double[] activity = [.. Enumerable.Range(0, Volunteers).Select(volunteer => 1 / (Drawn.For("activity").Uniform(volunteer) + 0.15))];
        int[] kinds = Kinds();
        for (int leaf = 0; leaf < Training; leaf++)
        {
            var left = (double[])activity.Clone();
            var who = new List<int>();
            for (int turn = 0; turn < AnswersPerLeaf; turn++)
            {
                who.Add(Chosen(left, Drawn.For("who", leaf).Uniform(turn)));
                left[who[^1]] = 0;
            }

            foreach (int volunteer in who.Order())
            {
                var answer = Species[Answer(leaf, volunteer, kinds[leaf])].Name;
                text.Append(CultureInfo.InvariantCulture, $"{leaf},v{volunteer + 1:00},{answer}\n");
            }
        }

        return text.ToString();
    }

    private static int Answer(int leaf, int volunteer, int species)
    {
        var draws = Drawn.For("answer", leaf, volunteer);
        if (SkillOf(volunteer) is not { } skill)
        {
            return draws.Index(Species.Length, 0);
        }

        // Of hard leaves volunteers are wrong more often, all of them.
        bool isHard = Drawn.For("hard").Uniform(leaf) < Hard;
        double right = isHard ? 0.75 * skill : 1 - 0.7 * (1 - skill);
        return draws.Uniform(0) < right ? species
            : draws.Uniform(1) < 0.7 ? Array.FindIndex(Species, other => other.Name == Species[species].Like)
            : (species + 1 + draws.Index(Species.Length - 1, 2)) % Species.Length;
    }

    private static IEnumerable<(int Observer, int Species)> Leaves()
    {
        // Some observers send many leaves, most a few; each lives where some trees are common and others rare.
        double[] zeal = [.. Enumerable.Range(0, Observers).Select(observer => 1 / (Drawn.For("zeal").Uniform(observer) + 0.08))];
        for (int leaf = 0; leaf < Training; leaf++)
        {
            int observer = leaf < Observers * 5 ? leaf % Observers : Chosen(zeal, Drawn.For("observer").Uniform(leaf));
            double[] common = [.. Enumerable.Range(0, Species.Length).Select(species => Drawn.For("region", observer).Uniform(species))];
            yield return (observer, Chosen([.. common.Select(share => share * share * share)], Drawn.For("species").Uniform(leaf)));
        }

        for (int leaf = 0; leaf < Test; leaf++)
        {
            yield return (Observers + leaf % TestObservers, Drawn.For("test").Index(Species.Length, leaf));
        }
    }

    /// <summary>One of them, in proportion to their weights.</summary>
    private static int Chosen(double[] weights, double at)
    {
        double left = at * weights.Sum();
        int last = 0;
        for (int index = 0; index < weights.Length; index++)
        {
            if (weights[index] > 0)
            {
                last = index;
                left -= weights[index];
                if (left < 0)
                {
                    return index;
                }
            }
        }

        return last;
    }

    /// <summary>Nearly normal: a sum of twelve uniform numbers.</summary>
    private static double Normal(Seed seed, int draw) => Enumerable.Range(0, 12).Sum(part => seed.For("part", part).Uniform(draw)) - 6;
}
