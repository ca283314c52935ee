namespace FLCrowd.Abstractions.Tests.Game;

public class ReportMechanismSpec
{
    private static readonly TrainingProtocol Protocol = new() { Rounds = 10, LocalSteps = 1, StepSize = 0.5 };

    [Fact]
    public void A_mechanism_that_says_nothing_sees_every_round_and_needs_no_gradient()
    {
        IReportMechanism mechanism = new Silent();
        Assert.True(mechanism.Observes(1, Protocol));
        Assert.False(mechanism.NeedsGradient);
    }

    [Fact]
    public void Some_of_the_reports_make_the_model_that_the_games_aggregator_makes_of_them_and_none_leave_it_as_it_was()
    {
        ReportedModel[] reports =
        [
            new() { Client = 0, Weight = 0.25, Model = new float[] { 4, 8 } },
            new() { Client = 1, Weight = 0.75, Model = new float[] { 0, 4 } },
            new() { Client = 2, Weight = 0.5, Model = new float[] { 9, 9 } },
        ];
        var view = new RoundView
        {
            Episode = 0,
            Round = 1,
            Protocol = Protocol,
            Global = new float[] { 1, 2 },
            Next = new float[] { 5, 6 },
            Reports = reports,
            Aggregator = new Mean(),
            Validation = new NoValidation(),
            Seed = new Seed(1),
        };
        Assert.Equal([1, 5], Aggregated(reports[..2]));
        Assert.Equal([9, 9], Aggregated(reports[2..]));
        Assert.Equal([1, 2], Aggregated([]));

        float[] Aggregated(ReportedModel[] some)
        {
            var next = new float[2];
            view.Aggregate(some, next);
            return next;
        }
    }

    private sealed class Mean : ILinearAggregator
    {
        public double Coefficient(double weight) => weight;
    }

    private sealed class Silent : IReportMechanism
    {
        public IReadOnlyList<Assignment> Announce(MechanismView view) => [];

        public void Observe(RoundView view)
        {
        }

        public void Pay(PaymentView view, Span<double> rewards)
        {
        }
    }

    private sealed class NoValidation : IValidation
    {
        public double Loss(ReadOnlySpan<float> model) => 0;

        public void Gradient(ReadOnlySpan<float> model, Span<float> gradient)
        {
        }
    }
}
