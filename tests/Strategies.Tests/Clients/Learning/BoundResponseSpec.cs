using FLCrowd.Strategies.Tests.Theory;
using FLCrowd.Strategies.Theory;

namespace FLCrowd.Strategies.Tests.Clients.Learning;

/// <summary>Best responses to the announced surrogate: the exact one against searches that know nothing of its shape.</summary>
public class BoundResponseSpec
{
    private const string Box = """ "efforts": [0, 1], "batch-factors": [0.001, 20], "gammas": [0, 3] """;

    [Fact]
    public void Exact_and_continuous_search_find_actions_that_pay_the_same()
    {
        var (exact, continuous) =
            (Game.Strategy("best-response"), Game.Strategy("best-response", $$"""{ "search": "continuous", {{Box}} }"""));
        int shirking = 0;
        for (uint seed = 0; seed < 200; seed++)
        {
            var view = View(new Draws(seed));
            var payoff = SurrogatePayoff.Of(view)!.Value;
            var (best, found) = (exact.Choose(view), continuous.Choose(view));
            Assert.Equal(payoff.Of(best), payoff.Of(found), 1e-6 * (1 + Math.Abs(payoff.Of(best))));
            shirking += best.Effort == 0 ? 1 : 0;
        }

        Assert.InRange(shirking, 20, 180); // both branches were taken
    }

    [Fact]
    public void No_point_of_a_grid_beats_the_exact_one_and_a_grid_that_holds_it_finds_it()
    {
        for (uint seed = 0; seed < 100; seed++)
        {
            var view = View(new Draws(seed));
            var payoff = SurrogatePayoff.Of(view)!.Value;
            var best = Game.Strategy("best-response").Choose(view);
            var grid =
                Game.Strategy("best-response", """{ "search": "grid", "batch-factors": [0.02, 0.5, 1, 2, 7], "gammas": [0, 0.9, 1, 2] }""");
            Assert.True(payoff.Of(grid.Choose(view)) <= payoff.Of(best) + 1e-9);
            double factor = (double)best.BatchSize / view.Assignment.BatchSize;
            var holding = Game.Strategy(
                "best-response", FormattableString.Invariant($$"""{ "search": "grid", "batch-factors": [0.02, {{factor:R}}, 3] }"""));
            Assert.Equal(best, holding.Choose(view));
        }
    }

    [Fact]
    public void Terms_without_a_surrogate_are_refused() => Assert.StartsWith(
        "best-response with belief = bound needs terms that announce a loss surrogate",
        Assert.Throws<InvalidActionException>(() => Game.Strategy("best-response").Choose(Game.View())).Message,
        StringComparison.Ordinal);

    private static ClientView View(Draws draws)
    {
        var term = new ClientLossTerm(
            draws.Scale(0.01, 10),
            draws.Scale(0.001, 1), draws.Scale(0.01, 1), draws.Between(0, 2), draws.Between(0, 2), draws.Between(0, 2));
        var view = Game.View(batchSize: draws.Whole(5, 200));
        return view with
        {
            Assignment = view.Assignment with { Terms = new RewardTerms(100, draws.Scale(10, 1000), SurrogateTerms.Write(term, 0.5)) },
        };
    }
}
