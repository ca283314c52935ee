namespace FLCrowd.Analysis.Statistics;

/// <summary>
/// The expectation over a population of groups, such as deals of data, from a few groups drawn of it and a number of draws within each. The
/// mean y_k of group k has the variance tau^2 + s_k^2 / n_k: groups differ, and each is known with an error of its own. The estimate is the
/// mean of the y_k, in which all groups count alike: weights by precision would favour what quiet groups have in common. Its limits are
/// <see cref="MeanLimits"/> of the y_k alone, Student's with K - 1 degrees of freedom or wider: the spread of the y_k has both levels in
/// it, and unequal variances of normal y_k make Student's interval only wider than it need be, for two-sided levels of up to 5 % and any
/// K of at least 2 (N. Bakirov and G. Szekely, Student's t-test for Gaussian scale mixtures, 2005; R. Ibragimov and U. Mueller,
/// t-Statistic Based Correlation and Heterogeneity Robust Inference, JBES 28, 2010).
/// </summary>
/// <param name="Moments">Of the groups' means: how many groups, their mean, and its standard error, which has both levels in it.</param>
/// <param name="Limits">Limits for the expectation, in the unit of the draws; infinite where there is one group only.</param>
/// <param name="Between">tau, the standard deviation of the groups' true means, in the unit of the draws: tau^2 = S^2 - mean of s_k^2 /
/// n_k, or 0, S^2 the sample variance of the y_k (the method of moments: W. Cochran, The Combination of Estimates from Different
/// Experiments, Biometrics 10, 1954); NaN for fewer than two groups, or where a group has fewer than two draws and its error is not
/// known.</param>
/// <param name="Within">The standard deviation of a draw within its group: the root of the mean of the s_k^2; NaN likewise.</param>
public readonly record struct TwoLevelMean(Moments Moments, Interval Limits, double Between, double Within)
{
    /// <summary>Of groups.</summary>
    /// <param name="groups">Of each group the number, the mean y_k and the standard error s_k / sqrt(n_k) of its draws; at least one group.
    /// An error of 0 says that the mean is known exactly.</param>
    /// <param name="tail">The probability with which each limit misses, in (0, 1/2).</param>
    /// <exception cref="ArgumentException">There is no group, or one without a draw.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="tail"/> is out of its range.</exception>
    public static TwoLevelMean Of(IReadOnlyCollection<Moments> groups, double tail)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Any(group => double.IsNaN(group.Mean)))
        {
            throw new ArgumentException("A group has no mean.", nameof(groups));
        }

        double[] means = [.. groups.Select(group => group.Mean)];
        var moments = Moments.Of(means);
        double errors = groups.Average(group => group.StandardError * group.StandardError);
        double variance = moments.StandardError * moments.StandardError * moments.Count;
        return new TwoLevelMean(
            moments,
            means.Length > 1 ? MeanLimits.Of(means, tail) : new Interval(double.NegativeInfinity, double.PositiveInfinity),
            Math.Sqrt(Math.Max(0, variance - errors)),
            Math.Sqrt(groups.Average(group => group.StandardError * group.StandardError * group.Count)));
    }
}
