using FLCrowd.Experiments.Results;
using ScottPlot;

namespace FLCrowd.Host.Rendering;

/// <summary>Gives every meaning a colour of its own, in the order in which a report comes to it.</summary>
internal sealed class ReportColours
{
    /// <summary>
    /// Okabe and Ito's colours, which people of every kind of colour vision tell apart, without yellow, too faint on white, and black,
    /// which verdicts
    /// have; then Tol's muted ones.
    /// </summary>
    private static readonly Color[] Palette =
    [
        .. ((string[])[
            "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#332288", "#882255", "#117733", "#999933", "#AA4499",
            "#44AA99", "#661100",
        ]).Select(colour => Color.FromHex(colour)),
    ];

    private static readonly Color Grey = Color.FromHex("#8A8A8A");

    private readonly Dictionary<Hue, Color> _given = [];

    /// <summary>What texts and axes have.</summary>
    public static Color Ink { get; } = Color.FromHex("#333333");

    /// <summary>Lines that only guide the eye.</summary>
    public static Color Faint { get; } = Color.FromHex("#999999");

    public Color this[Hue hue] => hue == Hue.Ink ? Ink
        : _given.TryGetValue(hue, out var colour) ? colour
        : _given[hue] = Palette[_given.Count % Palette.Length];

    /// <summary>Of a verdict: no colour that anything else may have.</summary>
    public static Color Of(GainSide side) => side == GainSide.Above ? Colors.Black : Grey;

    /// <summary>Of a share of the way from least to most.</summary>
    public static Color Of(double share)
    {
        var (from, to) = (Color.FromHex("#F4F1EA"), Color.FromHex("#4B2E83"));
        return new Color(Mix(from.R, to.R), Mix(from.G, to.G), Mix(from.B, to.B));

        byte Mix(byte less, byte more) => (byte)Math.Round(less + share * (more - less));
    }
}
