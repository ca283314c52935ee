using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Experiments.Figures;

/// <summary>Something that Section VI says of a figure.</summary>
/// <param name="Figure">The figure's name.</param>
/// <param name="Text">What it says, short.</param>
/// <param name="Quote">The paper's words.</param>
internal sealed record Claim(string Figure, string Text, string Quote)
{
    /// <summary>When it came to be a claim.</summary>
    public ClaimOrigin Origin { get; init; } = ClaimOrigin.Planned;
}

/// <summary>When something came to be a claim.</summary>
internal enum ClaimOrigin
{
    /// <summary>Before any number was seen: the paper's own words, as comparisons.</summary>
    Planned,

    /// <summary>After numbers had been seen: exploratory, whatever comes out.</summary>
    Found,
}

/// <summary>Whether a claim is true.</summary>
internal enum Verdict
{
    /// <summary>All its comparisons come out as claimed, each by more than its interval.</summary>
    Held,

    /// <summary>Some comparison comes out the other way, by more than its interval.</summary>
    NotHeld,

    /// <summary>Neither: the noise over seeds is larger than what is to be seen.</summary>
    NotSettled,
}

/// <summary>One paired comparison of a claim: that the mean of the differences is above 0.</summary>
/// <param name="What">What is compared, such as <c>D 5 to 10</c>.</param>
/// <param name="Differences">By seed.</param>
/// <param name="OrEqual">Whether 0 is as claimed, too, up to a rounding error.</param>
internal sealed record Comparison(string What, double[] Differences, bool OrEqual = false);

/// <summary>A claim in a panel, before it is judged.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Panel">Where.</param>
/// <param name="Comparisons">All of which it claims.</param>
internal sealed record AskedClaim(Claim Claim, string Panel, IReadOnlyList<Comparison> Comparisons)
{
    public static AskedClaim Of(Claim claim, string panel, params IEnumerable<Comparison> comparisons) =>
        new(claim, panel, [.. comparisons]);
}

/// <summary>A claim against a panel's numbers.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Panel">Where.</param>
/// <param name="Verdict">Whether it held there.</param>
/// <param name="Comparisons">How many comparisons it takes.</param>
/// <param name="Decisive">The comparison that decided: the one that contradicts most, or the weakest support.</param>
/// <param name="Margin">Its mean difference, above 0 where it is as claimed.</param>
/// <param name="Interval">The limits of that difference that decided: see <see cref="All"/>.</param>
/// <param name="Family">With how many claims in panels, itself among them, it shares an error rate of 5 %.</param>
internal sealed record JudgedClaim(
    Claim Claim, string Panel, Verdict Verdict, int Comparisons, string Decisive, Moments Margin, Interval Interval, int Family)
{
    private const double Rounding = 1e-6;

    /// <summary>
    /// Judges the claims of a figure, in all its panels. That any verdict but "not settled" on a planned one is wrong has a probability of
    /// 5 % at most (Bonferroni over the planned claims and panels); a claim that was found has 5 % for itself.
    /// </summary>
    public static IReadOnlyList<JudgedClaim> All(IEnumerable<AskedClaim> claims)
    {
        var asked = claims.ToList();
        int planned = asked.Count(claim => claim.Claim.Origin == ClaimOrigin.Planned);
        return [.. asked.Select(claim => Of(claim, claim.Claim.Origin == ClaimOrigin.Planned ? planned : 1))];
    }

    /// <summary>
    /// Judges a claim by its comparisons, at an error rate of 5 % / <paramref name="family"/>, half of it for each side. A claim holds
    /// where all its comparisons do: if it is false, one of them is, and that one alone would have to err, so each lower limit may have
    /// the whole rate (an intersection-union test: Berger 1982). It does not hold where any comparison is the other way: upper limits
    /// share the rate.
    /// </summary>
    public static JudgedClaim Of(AskedClaim asked, int family = 1)
    {
        var (claim, panel, all) = asked;
        var measured = all
            .Select(comparison => (comparison, moments: comparison.Differences.Length == 0
                ? new Moments(0, double.NaN, double.NaN)
                : Moments.Of(comparison.Differences)))
            .Select(entry => (entry.comparison, entry.moments, interval: new Interval(
                Interval.Of(entry.moments, family).Low, Interval.Of(entry.moments, family * all.Count).High)))
            .ToList();
        var contrary = measured.Where(entry => Contradicts(entry.comparison, entry.interval)).ToList();
        var (decisive, margin, interval) = contrary.Count > 0
            ? contrary.MinBy(entry => entry.interval.High)
            : measured.MinBy(entry => Support(entry.moments, entry.interval));
        var verdict = contrary.Count > 0 ? Verdict.NotHeld
            : measured.TrueForAll(entry => Supports(entry.comparison, entry.interval)) ? Verdict.Held
            : Verdict.NotSettled;
        return new JudgedClaim(claim, panel, verdict, all.Count, decisive.What, margin, interval, family);
    }

    private static bool Supports(Comparison comparison, Interval interval) =>
        comparison.OrEqual ? interval.Low >= -Rounding : interval.Low > 0;

    private static bool Contradicts(Comparison comparison, Interval interval) =>
        comparison.OrEqual ? interval.High < -Rounding : interval.High <= 0;

    /// <summary>How sure a comparison is: where its interval ends below, in half widths from its mean.</summary>
    private static double Support(Moments margin, Interval interval) =>
        double.IsNaN(margin.Mean) || double.IsInfinity(interval.Low)
            ? double.NegativeInfinity
            : margin.Mean / Math.Max(margin.Mean - interval.Low, 1e-300);
}
