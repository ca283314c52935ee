using FLCrowd.Strategies.Theory;
using FsCheck.Xunit;

namespace FLCrowd.Strategies.Tests.Theory;

public class BoundSpec
{
    [Property(MaxTest = 300)]
    public void A_surrogate_is_its_bound(uint seed)
    {
        var draws = new Draws(seed);
        int clients = draws.Whole(1, 5);
        var constants = draws.Constants(clients);
        var weights = draws.Weights(clients);
        ClientAction[] profile = [.. Enumerable.Range(0, clients).Select(_ => draws.Action())];
        var protocol = draws.Protocol(constants, 5);
        double printed = Theorem1.Bound(constants, weights, profile, protocol);
        Assert.Equal(1, Theorem1.Surrogate(constants, weights, protocol).Loss(profile) / printed, 1e-12);
        var once = protocol with { LocalSteps = 1 };
        double corrected = CorrectedBound.Bound(constants, weights, profile, once);
        Assert.Equal(1, CorrectedBound.Surrogate(constants, weights, once).Loss(profile) / corrected, 1e-12);
    }

    [Fact]
    public void The_table_of_coefficients_by_hand()
    {
        // L = 2, mu = 1, eta = .5, T H = 2: A = 2 * 2 * .5 * (1 - .25) = 1.5; h = 1.
        var constants = Constants();
        var protocol = new TrainingProtocol { Rounds = 1, LocalSteps = 2, StepSize = 0.5 };
        var surrogate = Theorem1.Surrogate(constants, [0.25, 0.75], protocol);
        Assert.Equal(1.5, Theorem1.Scale(constants, protocol), 12);
        Assert.Equal(1.5 * 4 * 0.25 * (0.25 + 2), surrogate.BatchSlope[0], 12);
        Assert.Equal(1.5 * 0.75 * 3 * (1 + 2), surrogate.EffortSlope[1], 12);
        Assert.Equal((5, 4, 3), (surrogate.NormConstant[0], surrogate.NormBatchSlope[1], surrogate.NormEffortSlope[0]));
        Assert.Equal(2 * 0.25 * 10 + 1.5 * (6 * 2 * 0.1 + 2 * 5), surrogate.Constant, 12);
        Assert.Equal(0.5, surrogate.MinimalLoss);

        // r = .75, T = 2: (L/2) (1 + r) = 1.75; noise 1.75 * 1.25 * .25, bias 1.75 * 2 * (.25 + 1).
        var corrected = CorrectedBound.Surrogate(constants, [0.25, 0.75], new TrainingProtocol
        {
            Rounds = 2,
            LocalSteps = 1,
            StepSize = 0.5,
        });
        Assert.Equal(1.75 * 1.25 * 0.25 * 0.0625 * 4, corrected.BatchSlope[0], 12);
        Assert.Equal(1.75 * 2.5 * 0.75 * 3, corrected.EffortSlope[1], 12);
        Assert.Equal(1.75 * 5 * 0.25, corrected.ReportCurvature[0], 12);
    }

    [Fact]
    public void Erratum_4_gamma_0_and_2_are_equally_bad_and_the_payoff_is_concave()
    {
        var term = Theorem1.Surrogate(Constants(), [1], new TrainingProtocol { Rounds = 10, LocalSteps = 1, StepSize = 0.1 }).Client(0);
        Assert.Equal(term.Loss(new ClientAction(1, 10, 0)), term.Loss(new ClientAction(1, 10, 2)), 12);
        Assert.True(term.Loss(new ClientAction(1, 10, 0)) > 10 * term.Loss(new ClientAction(1, 10, 1)));
        for (int k = 1; k < 30; k++)
        {
            // The payoff falls with the loss, so a convex loss is a concave payoff.
            Assert.True(Second(x => term.Loss(new ClientAction(1, 10, x / 10.0)), k) > 0);
            Assert.True(Second(x => term.Loss(new ClientAction(1, x, 1)), k + 1) > 0);
        }

        static double Second(Func<int, double> loss, int at) => loss(at - 1) - 2 * loss(at) + loss(at + 1);
    }

    [Fact]
    public void Erratum_6_holds_in_expectation_over_fair_guesses_and_not_sample_by_sample()
    {
        // y = 1, |x| = 1, so Y = X = 1 and the printed beta is 2 Y X = 2; the gradient changes by (y' - y) x.
        Assert.Equal(4, Change(guess: -1));
        Assert.Equal(2, Mean(wrong: 0.5));
        Assert.Equal(3, Mean(wrong: 0.75));

        static double Change(double guess) => Math.Pow(guess - 1, 2);
        static double Mean(double wrong) => wrong * Change(-1) + (1 - wrong) * Change(1);
    }

    [Fact]
    public void Erratum_7_three_squares_need_a_3_where_noise_labels_and_report_point_one_way()
    {
        // Samples xi of 1 and -1, loss (w - xi)^2 / 2, wrong labels double xi; at the optimum w = 0 with D = 1, e = 0, gamma = 1.5.
        const double Gamma = 1.5;
        double[] samples = [1, -1];
        double[] right = [.. samples.Select(xi => -xi)], wrong = [.. samples.Select(xi => -2 * xi)];
        double expected = right.Average();
        double variance = right.Average(gradient => Math.Pow(gradient - expected, 2));
        double labelNoise = right.Zip(wrong).Average(pair => Math.Pow(pair.Second - pair.First, 2));
        double norm = expected * expected + variance + labelNoise; // V at e = 0, D = 1
        double off = wrong.Average(gradient => Math.Pow(expected - Gamma * gradient, 2));
        double squares = variance + labelNoise + 2 * Math.Pow(Gamma - 1, 2) * norm;
        Assert.Equal((9, 6, 9), (off, 2 * squares, 3 * squares));

        // What section 0 takes for the bias alone: the noise of the batch is not in it.
        double bias = right.Zip(wrong).Average(pair => Math.Pow(Gamma * pair.Second - pair.First, 2));
        Assert.Equal((4, 4), (bias, 2 * (labelNoise + 2 * Math.Pow(Gamma - 1, 2) * norm)));
    }

    [Fact]
    public void Warns_where_the_step_size_is_above_what_is_proved()
    {
        var protocol = new TrainingProtocol { Rounds = 1, LocalSteps = 1, StepSize = 0.25 };
        Assert.Empty(Theorem1.Surrogate(Constants(), [1], protocol).Warnings);
        Assert.Equal(
            ["the step size 0.3 is above 1/(2L) = 0.25: the bound on the loss is not proved there"],
            CorrectedBound.Surrogate(Constants(), [1], protocol with { StepSize = 0.3 }).Warnings);
    }

    [Fact]
    public void Refuses_by_the_name_of_the_constant()
    {
        var protocol = new TrainingProtocol { Rounds = 1, LocalSteps = 1, StepSize = 0.1 };
        Assert.Equal(
            "theorem1: mu (strong convexity) is 0; must be above 0",
            Game.SettingError(() => Theorem1.Surrogate(Constants() with { StrongConvexity = 0 }, [1], protocol)));
        Assert.Equal(
            "theorem1: L (smoothness) is 0.5; must be at least mu = 1",
            Game.SettingError(() => Theorem1.Surrogate(Constants() with { Smoothness = 0.5 }, [1], protocol)));
        Assert.Equal(
            "corrected: sigma^2 (gradient variance) has 2 values; must have 1 or 3",
            Game.SettingError(() => CorrectedBound.Surrogate(
                Constants() with { GradientVariance = new PerClient(1, 2) }, [0.2, 0.2, 0.6], protocol)));
        Assert.Equal(
            "learning.local-steps: is 2, but the corrected bound is proved for 1 only; "
            + "use local-steps = 1, or the surrogate pilot or theorem1",
            Game.SettingError(() => CorrectedBound.Surrogate(Constants(), [1], protocol with { LocalSteps = 2 })));
    }

    public static TheoryData<string, Func<LearningConstants, LearningConstants>> OutOfRange => new()
    {
        { "mu (strong convexity) is NaN; must be above 0", constants => constants with { StrongConvexity = double.NaN } },
        { "L (smoothness) is NaN; must be at least mu = 1", constants => constants with { Smoothness = double.NaN } },
        { "L (smoothness) is not finite", constants => constants with { Smoothness = double.PositiveInfinity } },
        { "beta (label noise) is -1; must be at least 0", constants => constants with { LabelNoise = -1 } },
        { "G^2 (gradient norm) is -1; must be at least 0", constants => constants with { GradientNorm = -1 } },
        { "|w_0 - w*|^2 is -1; must be at least 0", constants => constants with { InitialDistance = -1 } },
        { "sigma^2 (gradient variance) of client 1 is -1; must be at least 0",
            constants => constants with { GradientVariance = new PerClient(1, -1) } },
        { "d (heterogeneity) of client 0 is NaN; must be at least 0", constants => constants with { Heterogeneity = double.NaN } },
        { "d (heterogeneity) has 3 values; must have 1 or 2", constants => constants with { Heterogeneity = new PerClient(1, 1, 1) } },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Every_constant_is_in_its_range(string problem, Func<LearningConstants, LearningConstants> change)
    {
        var protocol = new TrainingProtocol { Rounds = 1, LocalSteps = 1, StepSize = 0.1 };
        var least = Constants() with
        {
            Smoothness = 1,
            LabelNoise = 0,
            GradientNorm = 0,
            InitialDistance = 0,
            GradientVariance = 0,
            Heterogeneity = 0,
        };
        foreach (var surrogate in (Func<LearningConstants, LossSurrogate>[])
            [constants => Theorem1.Surrogate(constants, [0.5, 0.5], protocol, "here"),
                constants => CorrectedBound.Surrogate(constants, [0.5, 0.5], protocol, "here")])
        {
            surrogate(least);
            Assert.Equal($"here: {problem}", Game.SettingError(() => surrogate(change(Constants()))));
        }
    }

    private static LearningConstants Constants() => new()
    {
        Smoothness = 2,
        StrongConvexity = 1,
        GradientVariance = 4,
        LabelNoise = 3,
        GradientNorm = 5,
        Heterogeneity = 0.1,
        MinimalLoss = 0.5,
        InitialDistance = 10,
    };
}
