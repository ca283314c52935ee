namespace FLCrowd.Abstractions.Tests.Surrogates;

/// <summary>Every number of a surrogate is checked, also where a plug-in made it.</summary>
public class SurrogateCheckSpec
{
    public static TheoryData<string, Func<PerClient, LossSurrogate>> Coefficients => new()
    {
        { "batch-slope", odd => Surrogate(a: odd) },
        { "effort-slope", odd => Surrogate(b: odd) },
        { "report-curvature", odd => Surrogate(q: odd) },
        { "norm-constant", odd => Surrogate(v: odd) },
        { "norm-batch-slope", odd => Surrogate(perSample: odd) },
        { "norm-effort-slope", odd => Surrogate(perEffort: odd) },
    };

    [Theory]
    [MemberData(nameof(Coefficients))]
    public void A_coefficient_is_finite_and_not_negative(string name, Func<PerClient, LossSurrogate> with)
    {
        with(new PerClient(0, 1)).Validated(2, "here");
        foreach (double odd in (double[])[-0.5, double.NaN, double.PositiveInfinity])
        {
            Assert.Equal(
                $"here: the surrogate 'odd' has {name} {odd} for client 1; must be at least 0", Error(with(new PerClient(1, odd))));
        }

        Assert.Equal($"here: the surrogate 'odd' has 3 values of {name}; must be 1 or 2", Error(with(new PerClient(1, 1, 1))));
    }

    [Fact]
    public void What_no_action_changes_is_finite()
    {
        Surrogate(constant: -3, minimalLoss: -4).Validated(2, "here");
        Assert.Equal("here: the surrogate 'odd' is no number: C = NaN, F* = 0", Error(Surrogate(constant: double.NaN)));
        Assert.Equal(
            "here: the surrogate 'odd' is no number: C = 0, F* = Infinity", Error(Surrogate(minimalLoss: double.PositiveInfinity)));
    }

    [Fact]
    public void There_is_a_value_at_least() => Assert.Throws<ArgumentException>(() => new PerClient());

    private static string Error(LossSurrogate surrogate) => Assert.Throws<SettingException>(() => surrogate.Validated(2, "here")).Message;

    private static LossSurrogate Surrogate(
        PerClient? a = null,
        PerClient? b = null, PerClient? q = null, PerClient? v = null, PerClient? perSample = null, PerClient? perEffort = null,
        double constant = 0, double minimalLoss = 0) => new()
        {
            Name = "odd",
            Constant = constant,
            MinimalLoss = minimalLoss,
            BatchSlope = a ?? 1,
            EffortSlope = b ?? 1,
            ReportCurvature = q ?? 1,
            NormConstant = v ?? 1,
            NormBatchSlope = perSample ?? 1,
            NormEffortSlope = perEffort ?? 1,
        };
}
