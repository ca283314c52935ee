using FLCrowd.Actors.Tests.Fakes;
using static FLCrowd.Actors.Tests.Server.TestServer;

namespace FLCrowd.Actors.Tests.Server;

public class ServerPluginFailureSpec
{
    [Fact]
    public void A_mechanism_that_fails_to_announce_is_named() => Assert.Equal(
        "the mechanism 'pay' failed to announce episode 0: boom",
        FailureOf(With(new FakeMechanism { Announcing = _ => throw new InvalidOperationException("boom") }).Begin()));

    [Fact]
    public void A_mechanism_that_forgets_a_client_is_named() => Assert.Equal(
        "the mechanism 'pay' made 3 assignments for 4 clients",
        FailureOf(With(new FakeMechanism { Announcing = view => [.. FakeMechanism.Usual(view).Take(3)] }).Begin()));

    [Theory]
    [InlineData(1, 0, 1, "batch size 0 is not between 1 and 2147483647")]
    [InlineData(1.5, 1, 1, "effort 1.5 is not between 0 and 1")]
    [InlineData(1, 1, double.NaN, "gamma NaN is not a finite number of at least 0")]
    public void A_mechanism_that_assigns_the_impossible_is_named_with_the_client(double effort, int batchSize, double gamma, string problem)
    {
        var impossible = new Assignment(effort, batchSize, gamma, new RewardTerms(0, 0));
        var server = With(new FakeMechanism { Announcing = view => [.. FakeMechanism.Usual(view).Take(3), impossible] });
        Assert.Equal($"the mechanism 'pay' assigned client 3 what cannot be done in episode 0: {problem}", FailureOf(server.Begin()));
    }

    [Fact]
    public void A_mechanism_that_assigns_nothing_is_named_with_the_client()
    {
        var mechanism = new FakeMechanism
        {
            Announcing = view => [.. FakeMechanism.Usual(view).Select((usual, i) => i == 1 ? null! : usual)],
        };
        Assert.Equal(
            "the mechanism 'pay' assigned client 1 what cannot be done in episode 0: nothing", FailureOf(With(mechanism).Begin()));
    }

    [Fact]
    public void A_mechanism_that_fails_to_pay_is_named() => Assert.Equal(
        "the mechanism 'pay' failed to pay for episode 0: boom",
        FailureOf(With(new FakeMechanism { Paying = (_, _) => throw new InvalidOperationException("boom") }).Play(3)));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void A_mechanism_that_pays_no_number_is_named_with_the_client(double amount) => Assert.Equal(
        $"the mechanism 'pay' paid client 2 the amount {amount} for episode 0",
        FailureOf(With(new FakeMechanism { Paying = (_, rewards) => rewards[2] = amount }).Play(3)));

    [Fact]
    public void A_mechanism_that_pays_more_than_can_be_added_up_is_named_with_the_client() => Assert.Equal(
        "the mechanism 'pay' paid client 2 the amount 1E+100 for episode 0; amounts are at most 1E+90",
        FailureOf(With(new FakeMechanism { Paying = (_, rewards) => rewards[2] = 1e100 }).Play(3)));

    [Theory]
    [InlineData(double.NaN, 0, "the pay NaN")]
    [InlineData(-1e91, 0, "the pay -1E+91")]
    [InlineData(1, double.PositiveInfinity, "the pay Infinity per unit of loss")]
    public void A_mechanism_that_announces_no_amount_is_named_with_the_client(double pay, double slope, string amount)
    {
        var odd = new Assignment(1, 1, 1, new RewardTerms(pay, slope));
        Assert.Equal(
            $"the mechanism 'pay' announced client 3 {amount} in episode 0; must be finite, at most 1E+90",
            FailureOf(With(new FakeMechanism { Announcing = view => [.. FakeMechanism.Usual(view).Take(3), odd] }).Begin()));
    }

    [Fact]
    public void A_mechanism_that_announces_a_surrogate_of_no_numbers_is_named_with_the_client()
    {
        var terms = SurrogateTerms.Write(new ClientLossTerm(1, double.NaN, 0, 1, 0, 0), truthfulLoss: 1);
        Assert.Equal(
            "the mechanism 'pay' announced client 0 the effort-slope NaN in episode 0; must be finite, at most 1E+90",
            FailureOf(With(new FakeMechanism
            {
                Announcing = view => [.. FakeMechanism.Usual(view).Select(usual => usual with { Terms = new RewardTerms(1, 0, terms) })],
            }).Begin()));
    }

    [Fact]
    public void A_mechanism_that_announces_nothing_at_all_is_named() => Assert.Equal(
        "the mechanism 'pay' made 0 assignments for 4 clients", FailureOf(With(new FakeMechanism { Announcing = _ => null! }).Begin()));

    [Fact]
    public void What_a_mechanism_pays_an_excluded_client_does_not_matter()
    {
        var server = new TestServer(
            Games.Of(("a", 4)).Rounds(1).Excluding(), new FakeMechanism { Paying = (_, rewards) => rewards[2] = double.NaN });
        server.Begin();
        server.Ready(0, 0, 2);
        server.Ready(1);
        server.Update(0, 1, gone: [2]);
        server.Update(1, 1);
        server.Tested(0);
        Assert.True(server.Tested(1).Count > 1);
    }

    [Fact]
    public void An_aggregator_that_fails_is_named() => Assert.Equal(
        "the aggregator 'mean' failed in round 1 of episode 0: boom",
        FailureOf(Aggregated(new FakeNonLinear(_ => throw new InvalidOperationException("boom")))));

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void An_aggregator_whose_model_is_not_finite_is_named(float value) => Assert.Contains(
        "the aggregator 'mean' made a model that is not finite in round 1 of episode 0",
        FailureOf(Aggregated(new FakeNonLinear(_ => [0, 1, value, 3, 4]))));

    private static TestServer With(FakeMechanism mechanism) => new(Games.Of(("a", 4)), mechanism);

    private static List<Actors.Server.ServerEffect> Aggregated(IAggregator aggregator)
    {
        var server = new TestServer(Games.Of(("a", 4)), aggregator: aggregator);
        server.Begin();
        server.AllReady();
        server.Reports(0, 1);
        return server.Reports(1, 1);
    }
}
