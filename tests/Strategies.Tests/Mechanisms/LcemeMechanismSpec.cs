using FLCrowd.Strategies.Tests.Surrogates;
using FLCrowd.Strategies.Theory;

namespace FLCrowd.Strategies.Tests.Mechanisms;

public class LcemeMechanismSpec
{
    private static LossSurrogate Surrogate { get; } = Theorem1.Surrogate(
        SurrogateGame.Constants, [.. Enumerable.Repeat(0.1, 10)], new TrainingProtocol { Rounds = 100, LocalSteps = 1, StepSize = 0.1 });

    [Fact]
    public void Asks_for_the_surrogate_with_its_options()
    {
        var asked = ((ISurrogateMechanism)Game.Mechanism("lceme")).Surrogate;
        Assert.Equal(new PluginChoice("pilot", "{}", "game.lceme.surrogate-options"), asked);
        asked = ((ISurrogateMechanism)Game.Mechanism(
            "lceme", """{ "surrogate": "vendor/own", "surrogate-options": { "seeds": 7 } }""")).Surrogate;
        Assert.Equal(("vendor/own", """{"seeds":7}"""), (asked.Name, asked.Options));
        Assert.Equal("game.mechanism: is lceme, which needs a loss surrogate, and this run has none",
            Game.SettingError(() => Game.Mechanism("lceme").Announce(View(surrogate: null, 60))));
    }

    [Fact]
    public void Announces_terms_from_which_a_client_computes_its_payoff_and_best_response()
    {
        var view = View(Surrogate, [.. Enumerable.Repeat<int?>(60, 10)]);
        var assignments = Game.Mechanism("lceme").Announce(view);
        Assert.All(assignments, assignment => Assert.Same(assignments[0], assignment));
        var asked = assignments[0];
        Assert.Equal((1, 60, 1), (asked.Effort, asked.BatchSize, asked.Gamma));

        // The known quadratic game: Phi = .1 * 3600 / (.2 * 180 * .01) = 1000.
        double truthfulLoss = Surrogate.TruthfulLoss([.. Enumerable.Repeat(60, 10)]) + 0.3;
        Assert.Equal(1000, asked.Terms.LossSlope, 0.1);
        Assert.Equal(asked.Terms.LossSlope * truthfulLoss + 6 + 20, asked.Terms.Fixed, 1e-9);
        Assert.Equal(truthfulLoss, asked.Terms.Announced[SurrogateTerms.TruthfulLoss], 1e-12);
        Assert.Equal(60, asked.Terms.Announced[SurrogateTerms.LeastBatchSize], 1e-9);

        var payoff = SurrogatePayoff.Of(Game.View() with { Assignment = asked, Protocol = view.Protocol })!.Value;
        Assert.Equal(0, payoff.Of(asked.AsAction), 1e-9);
        Assert.Equal(asked.AsAction, payoff.BestResponse(1000));
        Assert.Null(SurrogatePayoff.Of(Game.View()));
    }

    [Fact]
    public void As_printed_brings_the_errata_back()
    {
        var view = View(Surrogate, [.. Enumerable.Repeat<int?>(null, 10)]);
        Assert.Equal(61, Game.Mechanism("lceme").Announce(view)[0].BatchSize);
        Assert.Equal(60, Game.Mechanism("lceme", """{ "margin": 0 }""").Announce(view)[0].BatchSize);
        var printed = Game.Mechanism("lceme", """{ "as-printed": true }""");
        var asked = printed.Announce(view)[0];
        Assert.Equal(19, asked.BatchSize);

        // Clients can see that labeling does not pay, and so can the user.
        Assert.Equal(60, asked.Terms.Announced[SurrogateTerms.LeastBatchSize], 1e-9);
        Assert.Equal(asked.Terms.LossSlope * Surrogate.TruthfulLoss([.. Enumerable.Repeat(19, 10)]) + 1.9 + 20, asked.Terms.Fixed, 1e-9);
        var payoff = SurrogatePayoff.Of(Game.View() with { Assignment = asked, Protocol = view.Protocol })!.Value;
        Assert.Equal(new ClientAction(0, 19, 1), payoff.BestResponse(1000));
        Assert.Equal(17.99, payoff.Of(new ClientAction(0, 19, 1)) - payoff.Of(asked.AsAction), 0.005);
        Assert.Equal(
            ["10 of 10 clients gain by not labeling, as their batch size is below D_min: client 0 has 19, D_min is 60, it gains 17.99"],
            ((IWarningMechanism)printed).Warnings(view));
    }

    [Fact]
    public void Even_batches_have_the_total_of_the_optimal_ones()
    {
        var view = View(Surrogate, [.. Enumerable.Repeat<int?>(null, 10)]);
        view = new MechanismView
        {
            Episode = 0,
            Clients = [.. view.Clients.Select((profile, i) => profile with { Costs = new ClientCosts(20 * (i + 1), 1e-3) })],
            Protocol = view.Protocol,
            MoneyPerLoss = view.MoneyPerLoss,
            Surrogate = view.Surrogate,
        };
        int[] optimal = [.. Game.Mechanism("lceme").Announce(view).Select(assignment => assignment.BatchSize)];
        int[] even = [.. Game.Mechanism("lceme", """{ "even": true }""").Announce(view).Select(assignment => assignment.BatchSize)];
        Assert.True(optimal.Max() > optimal.Min() + 10);
        Assert.Equal(optimal.Sum(), even.Sum());
        Assert.InRange(even.Max() - even.Min(), 0, 1);
    }

    [Fact]
    public void A_batch_below_the_least_is_allowed_and_said()
    {
        int?[] sizes = [19, 60, .. Enumerable.Repeat<int?>(61, 8)];
        var mechanism = Game.Mechanism("lceme");
        Assert.Equal(sizes, mechanism.Announce(View(Surrogate, sizes)).Select(assignment => (int?)assignment.BatchSize));
        Assert.StartsWith("1 of 10 clients gain by not labeling",
            Assert.Single(((IWarningMechanism)mechanism).Warnings(View(Surrogate, sizes))), StringComparison.Ordinal);
    }

    /// <summary>Phi = .1 * 3600 / .36 = 1000, and doing as asked costs 26: 16 to 36 are within two errors of it.</summary>
    [Fact]
    public void Who_is_worth_less_than_it_costs_is_named_and_where_wanted_not_asked()
    {
        double[] worth = [0.026, 0.015, 0.037, 0.017, 0.035, 0.0];
        var view = View(Measured(worth), [.. Enumerable.Repeat<int?>(60, 6)]);
        var all = (ISurrogateMechanism)Game.Mechanism("lceme");
        Assert.Empty(all.NotWorthwhile(view));
        Assert.Equal(
            [
                "clients 1, 5 are better off staying away, worth less to the loss than doing as asked costs: client 1 would save 11 ± 5 "
                + "(one standard error); game.lceme.ask = worthwhile leaves such clients out",
                "of 3 of 6 clients it is not known whether taking part pays for itself: the standard errors of what they are worth are too "
                + "large; more seeds tell",
            ],
            ((IWarningMechanism)all).Warnings(view));
        var some = (ISurrogateMechanism)Game.Mechanism("lceme", """{ "ask": "worthwhile" }""");
        Assert.True(some.MayLeaveOut);
        Assert.Equal([1, 5], some.NotWorthwhile(view));
        Assert.Equal("""{"worth":"always"}""", some.Surrogate.Options);
    }

    [Fact]
    public void Who_is_not_asked_gets_nothing_for_nothing_and_the_others_their_costs()
    {
        var view = View(Measured([0.03, 0, 0.03], 1), 60, null, null);
        var mechanism = Game.Mechanism("lceme", """{ "ask": "worthwhile", "even": true }""");
        var assignments = mechanism.Announce(view);
        Assert.Equal([true, false, true], assignments.Select(assignment => assignment.TakesPart));
        Assert.Equal(new ClientAction(0, 1, 1) { Attendance = 0 }, assignments[1].AsAction);
        double loss = assignments[0].Terms.Announced[SurrogateTerms.TruthfulLoss];
        double[] rewards = new double[3];
        mechanism.Pay(new PaymentView { Episode = 0, Assignments = assignments, Protocol = view.Protocol, TestLoss = loss }, rewards);
        Assert.Equal([26, 0, 20 + 0.1 * assignments[2].BatchSize], rewards, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(loss, SurrogateTerms.CommonTruthfulLoss(assignments));
        Assert.Contains(
            "client 1 is not asked to take part: worth less to the loss than doing as asked would cost",
            ((IWarningMechanism)mechanism).Warnings(view));

        var even = Game.Mechanism("lceme", """{ "even": true }""").Announce(View(Measured([0.03, 0, 0.03], 1), null, null, null));
        Assert.Equal((even[0].BatchSize, 1), (even[2].BatchSize, even[1].BatchSize));
    }

    [Fact]
    public void Whom_to_leave_out_has_to_be_known_and_somebody_has_to_be_left()
    {
        var mechanism = (ISurrogateMechanism)Game.Mechanism("lceme", """{ "ask": "worthwhile" }""");
        Assert.Equal(
            "game.lceme.ask: is worthwhile, but the surrogate 'theorem1' does not say what the loss is without a client; must be all, or "
            + "the surrogate pilot (with worth = always), or given with worth",
            Game.SettingError(() => mechanism.NotWorthwhile(View(Surrogate, [.. Enumerable.Repeat<int?>(60, 10)]))));
        Assert.Equal(
            "game.lceme.ask: is worthwhile, but each of 2 clients is worth less to the loss than doing as asked costs it; must be all, or "
            + "the batch sizes or costs smaller",
            Game.SettingError(() => mechanism.NotWorthwhile(View(Measured([0, 0]), 60, 60))));
    }

    private static LossSurrogate Measured(double[] worth, params int[] notAsked)
    {
        return new LossSurrogate
        {
            Name = "measured",
            Constant = 0.4,
            MinimalLoss = 0,
            BatchSlope = Asked(0.36),
            EffortSlope = Asked(0.1),
            ReportCurvature = 0,
            Worth = new PerClient(worth),
            NotAsked = notAsked,
            Errors = new SurrogateErrors(0, 0.001, 0, 0.001) { Worth = 0.005 },
        };

        PerClient Asked(double value) => new([.. worth.Select((_, client) => notAsked.Contains(client) ? 0 : value)]);
    }

    [Fact]
    public void Pays_by_the_test_loss()
    {
        var assignments = Game.Mechanism("lceme").Announce(View(Surrogate, [.. Enumerable.Repeat<int?>(60, 10)]));
        var terms = assignments[0].Terms;
        foreach (double loss in new[] { 0, 0.5, 3 })
        {
            var rewards = new double[10];
            Game.Mechanism("lceme").Pay(
                new PaymentView { Episode = 0, Assignments = assignments, Protocol = Game.Protocol, TestLoss = loss }, rewards);
            Assert.All(rewards, reward => Assert.Equal(terms.Fixed - terms.LossSlope * loss, reward));
        }
    }

    [Theory]
    [InlineData("""{ "margin": -1 }""", "game.lceme.margin: is -1; must be at least 0")]
    [InlineData("""{ "surogate": "pilot" }""",
        "game.lceme.surogate: is unknown (did you mean 'surrogate'?); "
        + "'lceme' has as-printed, ask, even, margin, surrogate, surrogate-options")]
    public void Refuses_options_that_do_not_exist(string options, string message) =>
        Assert.Equal(message, Game.SettingError(() => Game.Mechanism("lceme", options)));

    [Fact]
    public void Refuses_a_surrogate_of_another_crowd_and_batches_nobody_can_draw()
    {
        Assert.Equal("game.lceme.surrogate: the surrogate 'theorem1' has 10 values of batch-slope; must be 1 or 2",
            Game.SettingError(() => Game.Mechanism("lceme").Announce(View(Surrogate, 60, 60))));
        Assert.Equal("game.assignment: is 1001 for client 0; must be at least 1 and at most 1000, what it can draw",
            Game.SettingError(() => Game.Mechanism("lceme").Announce(View(Surrogate, [1001, .. Enumerable.Repeat<int?>(60, 9)]))));
    }

    private static MechanismView View(LossSurrogate? surrogate, params int?[] batchSizes) => new()
    {
        Episode = 0,
        Clients = [.. batchSizes.Select((batchSize, client) => new ClientProfile
        {
            Client = client,
            Weight = 1.0 / batchSizes.Length,
            Costs = new ClientCosts(20, 1e-3),
            SampleCount = 1000,
            MaxBatchSize = 1000,
            BatchSize = batchSize,
        })],
        Protocol = new TrainingProtocol { Rounds = 100, LocalSteps = 1, StepSize = 0.1 },
        MoneyPerLoss = 1e-3,
        Surrogate = surrogate,
    };
}
