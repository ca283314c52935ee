using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Server;
using FLCrowd.Actors.Tests.Fakes;
using static FLCrowd.Actors.Tests.Server.TestServer;

namespace FLCrowd.Actors.Tests.Server;

/// <summary>The mechanism's look at the rounds, beside the training of later ones.</summary>
public class ServerObservationSpec
{
    [Fact]
    public void A_mechanism_sees_what_went_into_a_round_and_what_came_out()
    {
        var server = new TestServer(Games.Of(("a", 4), ("b", 3)), new FakeObserver());
        server.Begin();
        Assert.All(GlobalsOf(server.AllReady()), message => Assert.True(message.WantsReports));
        server.Update(2, 1, withReports: true);
        server.Update(0, 1, withReports: true);
        var effects = server.Update(1, 1, withReports: true);
        var view = Assert.Single(effects.OfType<ServerEffect.Observe>()).View;

        Assert.Equal((0, 1), (view.Episode, view.Round));
        Assert.Equal(server.Initial, view.Global.ToArray());
        Assert.Equal(ModelOf(effects, 1), view.Next.ToArray());
        Assert.Equal(Enumerable.Range(0, 7), view.Reports.Select(report => report.Client));
        Assert.All(view.Reports, report =>
        {
            Assert.Equal(Local(report.Client, 1).Span, report.Model.Span);
            Assert.Equal(server.Weights[report.Client], report.Weight);
        });
        Assert.Equal(Loss(view.Next.Span), view.Validation.Loss(view.Next.Span), 1e-3);
        Assert.Throws<InvalidOperationException>(() => view.Validation.Gradient(new float[TinyModel.Length], new float[TinyModel.Length]));

        var again = new float[TinyModel.Length];
        view.Aggregate(view.Reports, again);
        Assert.Equal(view.Next.ToArray(), again, (a, b) => Math.Abs(a - b) <= 1e-3 * (1 + Math.Abs(a)));
        view.Aggregate([], again);
        Assert.Equal(server.Initial, again); // without anybody nothing moves
    }

    [Fact]
    public void The_model_has_the_same_bits_whether_somebody_looks_or_not()
    {
        var plain = new TestServer(Games.Of(("a", 7)));
        var watched = new TestServer(Games.Of(("a", 7)), new FakeObserver());
        plain.Begin();
        watched.Begin();
        plain.AllReady();
        watched.AllReady();
        Assert.Equal(ModelOf(plain.AllUpdate(1), 1), ModelOf(watched.AllUpdate(1, withReports: true), 1));
    }

    [Fact]
    public void Only_rounds_that_the_mechanism_asks_for_are_reported_and_shown()
    {
        var server = new TestServer(Games.Of(("a", 4)).Rounds(3), new FakeObserver { Observing = round => round == 2 });
        server.Begin();
        var effects = server.AllReady();
        for (int round = 1; round <= 3; round++)
        {
            Assert.All(GlobalsOf(effects), message => Assert.Equal(round == 2, message.WantsReports));
            effects = server.AllUpdate(round, withReports: round == 2);
            Assert.Equal(round == 2, effects.Any(effect => effect is ServerEffect.Observe));
        }
    }

    [Fact]
    public void Pay_waits_until_all_rounds_were_seen()
    {
        var server = new TestServer(Games.Of(("a", 4)).Rounds(2), new FakeObserver());
        server.Begin();
        server.AllReady();
        server.AllUpdate(1, withReports: true);
        server.AllUpdate(2, withReports: true);
        server.Tested(0);
        server.Tested(1);
        Assert.Empty(server.Tested(2));
        Assert.Equal("the mechanism 'pay', which looks at rounds 1, 2 of episode 0", server.State.Waiting);
        Assert.Empty(server.Observed(1));
        Assert.Empty(server.Observed(1)); // twice
        Assert.Empty(server.Observed(2, episode: 1));
        Assert.Equal(2, server.State.Dropped);
        Assert.IsType<ServerEffect.Record>(server.Observed(2)[0]);
    }

    [Fact]
    public void Training_waits_while_too_many_rounds_are_unseen()
    {
        var server = new TestServer(
            Games.Of(("a", 4)).Rounds(20).Playing(execution => execution with { EvaluateEvery = 0 }), new FakeObserver());
        server.Begin();
        var effects = server.AllReady();
        int round = 0;
        while (effects.Any(effect => effect is ServerEffect.ToCohort))
        {
            effects = server.AllUpdate(++round, withReports: true);
        }

        Assert.Equal(4, round);
        Assert.Empty(server.State.AskAgain());
        Assert.Equal([0, 1], CohortsAsked(server.Observed(1)));
        Assert.Empty(server.Observed(2)); // round 5 is under way
        Assert.NotEmpty(server.AllUpdate(5, withReports: true));
    }

    private static IEnumerable<GlobalModel> GlobalsOf(IEnumerable<ServerEffect> effects) =>
        effects.OfType<ServerEffect.ToCohort>().Select(to => (GlobalModel)to.Message);

    private static double Loss(ReadOnlySpan<float> model)
    {
        double loss = 0;
        foreach (float parameter in model)
        {
            loss += parameter * parameter;
        }

        return loss;
    }
}
