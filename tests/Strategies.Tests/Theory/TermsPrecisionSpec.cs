using FLCrowd.Strategies.Theory;

namespace FLCrowd.Strategies.Tests.Theory;

/// <summary>What the errors of a measurement mean for terms, against brute force over what the true coefficients may be.</summary>
public class TermsPrecisionSpec
{
    private static readonly TrainingProtocol Protocol = new() { Rounds = 100, LocalSteps = 1, StepSize = 0.1 };

    private static readonly ClientCosts Costs = new(20, 1e-3);

    /// <summary>c = .1, D' = 60, so that Phi = 360 / a.</summary>
    [Theory]
    [InlineData(0.36, 0.036, 0.1, 0.002)]
    [InlineData(0.36, 0.12, 0.1, 0.005)]
    [InlineData(0.36, 0.1, 0.021, 0.002)]
    [InlineData(0.36, 0.2, 0.021, 0.03)]
    [InlineData(2.0, 0, 0.15, 0)]
    public void Epsilon_is_the_most_that_any_batch_and_effort_gain_where_coefficients_are_two_errors_off(
        double a, double errorOfA, double b, double errorOfB)
    {
        var (assignment, precision) = Of(a, errorOfA, b, errorOfB);
        double phi = assignment.Terms.LossSlope, most = 0;
        foreach (double trueA in (double[])[Math.Max(0, a - 2 * errorOfA), a, a + 2 * errorOfA])
        {
            foreach (double trueB in (double[])[b - 2 * errorOfB, b, b + 2 * errorOfB])
            {
                double Payoff(double effort, double size) => -phi * (trueA / size + trueB * (1 - effort)) - 20 * effort - 0.1 * size;
                var sizes = Enumerable.Range(1, 20_000).Select(step => step / 100.0);
                double best = sizes.Max(size => Math.Max(Payoff(0, size), Payoff(1, size)));
                most = Math.Max(most, best - Payoff(1, 60));
            }
        }

        Assert.Equal(most, precision.Epsilon, 2e-3);
    }

    [Fact]
    public void A_small_error_of_Phi_costs_its_square_only()
    {
        // To first order of the square: c D' (2 s / a)^2 / 4 with c D' = 6.
        Assert.Equal(6 * 0.02 * 0.02 / 4, Of(0.36, 0.0036, 0.1, 0).Precision.Epsilon, 6 * 1e-5);
        Assert.Equal(0, Of(0.36, 0, 0.1, 0).Precision.Epsilon);
    }

    [Fact]
    public void Errors_are_those_of_the_products_that_terms_are()
    {
        var (assignment, precision) = Of(0.36, 0.036, 0.1, 0.002, worth: 0.03, errorOfWorth: 0.004);
        Assert.Equal(1000, assignment.Terms.LossSlope, 1e-9);
        Assert.Equal(100, precision.LossSlopeError, 1e-9);
        Assert.Equal(1000 * 0.003, precision.PayoffError, 1e-9);
        Assert.Equal((80, 2), (Math.Round(precision.LabelingMargin, 9), Math.Round(precision.LabelingMarginError, 9)));
        Assert.Equal(30 - 26, precision.ParticipationMargin!.Value, 1e-9);
        Assert.Equal(5, precision.ParticipationMarginError!.Value, 1e-9); // of 4 by o and 3 by Phi
    }

    [Theory]
    [InlineData(0.037, ParticipationVerdict.Pays)]
    [InlineData(0.035, ParticipationVerdict.NotKnown)]
    [InlineData(0.026, ParticipationVerdict.NotKnown)]
    [InlineData(0.017, ParticipationVerdict.NotKnown)]
    [InlineData(0.015, ParticipationVerdict.DoesNotPay)]
    [InlineData(-0.1, ParticipationVerdict.DoesNotPay)]
    public void Two_standard_errors_tell(double worth, ParticipationVerdict expected) =>
        Assert.Equal(expected, Of(0.36, 0, 0.1, 0, worth, 0.005).Precision.Participation);

    [Fact]
    public void Nothing_is_said_of_what_was_not_measured_and_of_who_is_not_asked()
    {
        Assert.Null(Of(0.36, 0, 0.1, 0).Precision.Participation);
        var (assignment, _) = Of(0.36, 0, 0.1, 0);
        Assert.Null(TermsPrecision.Of(assignment with { TakesPart = false }, Costs, Protocol, Surrogate(0.36, 0, 0.1, 0, null, 0), 0));
    }

    private static (Assignment Assignment, TermsPrecision Precision) Of(
        double a, double errorOfA, double b, double errorOfB, double? worth = null, double errorOfWorth = 0)
    {
        var surrogate = Surrogate(a, errorOfA, b, errorOfB, worth, errorOfWorth);
        var (pay, slope) = new LcemeClient(0, 0.1, surrogate.Client(0), Costs, Protocol).Terms(60, surrogate.TruthfulLoss([60]), 0);
        var assignment = new Assignment(1, 60, 1, new RewardTerms(pay, slope));
        return (assignment, TermsPrecision.Of(assignment, Costs, Protocol, surrogate, 0)!);
    }

    private static LossSurrogate Surrogate(
        double a, double errorOfA, double b, double errorOfB, double? worth, double errorOfWorth) => new()
        {
            Name = "measured",
            Constant = 0.4,
            MinimalLoss = 0,
            BatchSlope = a,
            EffortSlope = b,
            ReportCurvature = 0,
            Worth = worth is { } known ? known : null,
            Errors = new SurrogateErrors(errorOfA, errorOfB, 0, 0.003) { Worth = worth is null ? null : errorOfWorth },
        };
}
