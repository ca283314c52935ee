using System.Collections.Concurrent;
using Akka.Actor;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Playing;

/// <summary>Payoffs that the experiment publishes, in games of the real actors.</summary>
public class PublishedPayoffSpec
{
    [Fact]
    public async Task Every_client_is_told_what_the_behaviors_of_the_episode_before_paid()
    {
        var (plugins, seen) = Curious();
        var (_, sink) = await TestNode.PlayAsync(plugins, Games.Plan(Game(cohortSize: 3)));
        Assert.All(Enumerable.Range(0, 7), client => Assert.Null(seen[(client, 0)]));
        foreach (int episode in (int[])[1, 2])
        {
            var before = sink.Episodes[episode - 1].Clients;
            var expected = before.GroupBy(client => new Behavior(1, client.Action!.Value.BatchSize / 2.0, 1))
                .Select(same => new PublishedPayoff
                {
                    Behavior = same.Key,
                    Clients = same.Count(),
                    MeanPayoff = same.Average(client => client.Reward - client.Cost),
                })
                .OrderBy(payoff => payoff.Behavior.BatchFactor).ToList();
            Assert.Equal(3, expected.Count);
            Assert.All(Enumerable.Range(0, 7), client => Assert.Equal(expected, seen[(client, episode)]!));
        }
    }

    [Fact]
    public async Task Nothing_is_published_unless_the_experiment_says_so()
    {
        var (plugins, seen) = Curious();
        await TestNode.PlayAsync(plugins, Games.Plan(Game(cohortSize: 3) with { PublishesPayoffs = false }));
        Assert.All(seen.Values, Assert.Null);
    }

    [Fact]
    public async Task Clients_that_failed_are_left_out()
    {
        var (plugins, seen) = Curious();
        plugins.Add("helpless", _ => throw new InvalidOperationException("no idea"));
        var game = Games.Of(("curious", 2), ("helpless", 1)).Excluding() with { Episodes = 2, PublishesPayoffs = true };
        await TestNode.PlayAsync(plugins, Games.Plan(game));
        Assert.Equal(2, seen[(0, 1)]!.Sum(payoff => payoff.Clients));
    }

    [Fact]
    public async Task What_is_published_does_not_depend_on_cohorts()
    {
        var (one, many) = (Curious(), Curious());
        await TestNode.PlayAsync(one.Plugins, Games.Plan(Game(cohortSize: 7)), trainingThreads: 1);
        await TestNode.PlayAsync(many.Plugins, Games.Plan(Game(cohortSize: 2)), trainingThreads: 2);
        Assert.Equal(
            one.Seen[(0, 1)]!.Select(payoff => (payoff.Behavior, payoff.Clients)),
            many.Seen[(6, 1)]!.Select(payoff => (payoff.Behavior, payoff.Clients)));
    }

    [Fact]
    public async Task An_answer_that_gets_lost_is_asked_for_again()
    {
        var (undisturbed, lossy) = (Curious(), Curious());
        var (_, expected) = await TestNode.PlayAsync(undisturbed.Plugins, Games.Plan(Game(cohortSize: 3)));
        await using var node = await TestNode.StartAsync(lossy.Plugins);
        var (real, sink, lost) = (FLCrowdNode.Of(node.System), new MemorySink(), new ConcurrentQueue<object>());
        var way = node.System.ActorOf(Props.Create(() => new Forgetful(real.Cohorts, lost)));
        var plan = Games.Plan(Game(cohortSize: 3).Playing(execution => execution with { ResendAfter = TimeSpan.FromMilliseconds(50) }));
        var result = await ExperimentRunner
            .RunAsync(
                node.System,
                new FLCrowdNode(real.Catalog, real.Host, way, real.Evaluators),
                plan,
                sink,
                1,
                null,
                TestContext.Current.CancellationToken)
            .Within("the end of the run");
        Assert.True(result.Status == ExperimentStatus.Completed, result.Failure);
        Assert.Equal(expected.Text, sink.Text);
        Assert.Equal(2, lost.Count);
    }

    private static GameDefinition Game(int cohortSize) => Games.Of(("curious", 7))
        .Playing(execution => execution with { CohortSize = cohortSize }) with
    { Episodes = 3, PublishesPayoffs = true };

    /// <summary>Clients that play one of three batch sizes and tell what they see.</summary>
    private static (FakePlugins Plugins, ConcurrentDictionary<(int Client, int Episode), IReadOnlyList<PublishedPayoff>?> Seen) Curious()
    {
        var seen = new ConcurrentDictionary<(int, int), IReadOnlyList<PublishedPayoff>?>();
        var plugins = new FakePlugins().Add("curious", view =>
        {
            seen[(view.Client, view.Episode)] = view.Published;
            return view.Assignment.AsAction with { BatchSize = 1 + ((view.Client + view.Episode) % 3) };
        });
        return (plugins, seen);
    }

    /// <summary>Stands between the server and its cohorts, and loses the first question for the payoffs of every episode.</summary>
    private sealed class Forgetful : ReceiveActor
    {
        public Forgetful(IActorRef region, ConcurrentQueue<object> lost)
        {
            var self = Self;
            IActorRef experiment = ActorRefs.Nobody;
            var asked = new HashSet<int>();
            Receive<CohortAssignments>(message =>
            {
                experiment = message.Experiment;
                region.Tell(message.Episode == 0 ? message : message with { Experiment = self }, Sender); // the game is known by then
            });
            Receive<IToCohort>(message => region.Forward(message));
            Receive<DescribePayoffs>(describe =>
            {
                if (asked.Add(describe.Episode))
                {
                    lost.Enqueue(describe);
                }
                else
                {
                    experiment.Forward(describe);
                }
            });
            ReceiveAny(message => experiment.Forward(message));
        }
    }
}
