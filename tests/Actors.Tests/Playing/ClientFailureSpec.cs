using Akka.Actor;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Playing;

public class ClientFailureSpec
{
    public static TheoryData<string, string> Failures => new()
    {
        { "throws", "client 4, before round 1 of episode 0: its strategy 'throws' failed to choose: boom" },
        { "no-factory", "client 4, before round 1 of episode 0: its strategy 'no-factory' failed to choose: no strategy today" },
        {
            "too-eager",
            "client 4, before round 1 of episode 0: its strategy 'too-eager' failed to choose: effort 2 is not between 0 and 1"
        },
        {
            "no-batch",
            "client 4, before round 1 of episode 0: its strategy 'no-batch' failed to choose: batch size 0 is not between 1 and 2147483647"
        },
        {
            "bad-gamma",
            "client 4, before round 1 of episode 0: its strategy 'bad-gamma' failed to choose: "
                + "gamma NaN is not a finite number of at least 0"
        },
        { "bad-labeler", "client 4, before round 1 of episode 0: its strategy 'bad-labeler' failed to label: no such label" },
        { "bad-reporter", "client 4, round 2 of episode 0: its strategy 'bad-reporter' failed to report: boom" },
        {
            "nan-reporter",
            "client 4, round 3 of episode 0: its strategy 'nan-reporter' failed to report: the reported model is not finite"
        },
        { "huge", "client 4, round 1 of episode 0: its strategy 'huge' failed to report: the reported model is not finite" },
        { "forgetful", "client 4, round 3 of episode 0: its strategy 'forgetful' failed to observe: boom" },
    };

    private static FakePlugins Plugins => new FakePlugins()
        .Add("throws", _ => throw new InvalidOperationException("boom"))
        .AddStrategy("no-factory", _ => throw new InvalidOperationException("no strategy today"))
        .Add("too-eager", view => view.Assignment.AsAction with { Effort = 2 })
        .Add("no-batch", view => view.Assignment.AsAction with { BatchSize = 0 })
        .Add("bad-gamma", view => view.Assignment.AsAction with { Gamma = double.NaN })
        .Add("huge", view => view.Assignment.AsAction with { Gamma = 1e300 })
        .AddStrategy("bad-labeler", _ => new FakeLabeler(_ => throw new InvalidActionException("no such label")))
        .AddReporter("bad-reporter", (in ReportView view, Span<float> _) =>
        {
            if (view.Round == 2)
            {
                throw new InvalidOperationException("boom");
            }
        })
        .AddReporter("nan-reporter", (in ReportView view, Span<float> report) =>
        {
            if (view.Round == 3)
            {
                report[^1] = float.NaN;
            }
        })
        .AddStrategy("forgetful", _ => new FakeLearner(_ => throw new InvalidOperationException("boom")));

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task The_policy_fail_ends_the_run_with_the_client_and_the_round(string strategy, string failure)
    {
        var game = Games.Of(("truthful", 4), (strategy, 1), ("truthful", 3)) with { Episodes = 2 };
        var (result, sink) = await TestNode.PlayAsync(Plugins, Games.Plan(game));
        Assert.Equal((ExperimentStatus.Failed, failure, false), (result.Status, result.Failure, result.IsBadInput));
        Assert.Equal(strategy == "forgetful" ? 1 : 0, sink.Episodes.Count); // that episode was played to its end
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task The_policy_exclude_goes_on_without_the_client(string strategy, string failure)
    {
        var game = Games.Of(("truthful", 4), (strategy, 1), ("truthful", 3)).Excluding() with { Episodes = 2 };
        var (result, sink) = await TestNode.PlayAsync(Plugins, Games.Plan(game));
        Assert.Equal((ExperimentStatus.Completed, null, 2), (result.Status, result.Failure, result.EpisodesRecorded));
        foreach (var episode in sink.Episodes)
        {
            var clients = episode.Clients.ToList();
            Assert.Equal(Enumerable.Range(0, 8), clients.Select(client => client.Client));
            Assert.EndsWith(clients[4].Failure!, failure);
            Assert.All(clients, client => Assert.Equal(client.Client == 4, client.Failure is not null));
            Assert.Equal(strategy == "forgetful", clients[4].Reward != 0); // it did its work
            Assert.All(clients, client => Assert.True(client.Client == 4 || client.Reward != 0));
        }
    }

    [Fact]
    public async Task A_model_that_fails_for_one_client_excludes_that_client_alone_whatever_the_chunks()
    {
        var texts = new List<string>();
        foreach (int chunk in (int[])[1, 3, 8])
        {
            var plugins = new FakePlugins();
            plugins.World.BeforeTraining = client => _ = client == 2 ? throw new InvalidOperationException("boom") : 0;
            var game = Games.Of(("truthful", 6)).Excluding().Playing(execution => execution with { ChunkSize = chunk, CohortSize = 8 });
            var (_, sink) = await TestNode.PlayAsync(plugins, Games.Plan(game));
            Assert.Equal(
                "the model 'tiny' failed to train: boom",
                Assert.Single(sink.Episodes[0].Clients, client => client.Failure is not null).Failure);
            texts.Add(sink.Text);
        }

        Assert.All(texts, text => Assert.Equal(texts[0], text));
    }

    public static TheoryData<string, Func<ClientLabels, ClientLabels>> WrongLabels => new()
    {
        { "boom", _ => throw new InvalidOperationException("boom") },
        { "there are no labels", _ => null! },
        { "there are 3 labels for 4 samples", labels => labels with { Given = labels.Given![..3] } },
    };

    [Theory]
    [MemberData(nameof(WrongLabels))]
    public async Task A_model_that_fails_to_label_is_named_not_the_strategy(string problem, Func<ClientLabels, ClientLabels> labeling)
    {
        var plugins = new FakePlugins();
        plugins.World.Labeling = labels => labels.Client == 1 ? labeling(labels) : labels;
        var (result, _) = await TestNode.PlayAsync(plugins, Games.Plan(Games.Of(("truthful", 3))));
        Assert.Equal($"client 1, before round 1 of episode 0: the model 'tiny' failed to label: {problem}", result.Failure);
    }

    [Fact]
    public async Task A_client_whose_actor_dies_is_excluded_from_then_on()
    {
        var plugins = new FakePlugins();
        await using var node = await TestNode.StartAsync(plugins);
        plugins.World.BeforeTraining = client =>
        {
            if (client == 4 && plugins.World.LocalsOf(4).Count == 1)
            {
                node.System.ActorSelection("/user/cohorts/*-0-1/client-4").Tell(Kill.Instance);
            }
        };
        var sink = new MemorySink();
        var game = Games.Of(("truthful", 8)).Excluding() with { Episodes = 2 };
        var result = await node.RunAsync(Games.Plan(game.Playing(execution => execution with { CohortSize = 4, ChunkSize = 3 })), sink);

        Assert.Equal(ExperimentStatus.Completed, result.Status);
        foreach (var episode in sink.Episodes)
        {
            var dead = episode.Clients.Single(client => client.Failure is not null);
            Assert.Equal((4, 0.0, "its actor stopped unexpectedly; the log says why"), (dead.Client, dead.Reward, dead.Failure));
        }
    }

    [Fact]
    public async Task A_diverged_local_model_names_the_step_size()
    {
        var game = Games.Of(("truthful", 3))
            .Learning(learning => learning with { Protocol = learning.Protocol with { StepSize = 1e30 } }).Rounds(10);
        var (result, _) = await TestNode.PlayAsync(new FakePlugins(), Games.Plan(game));
        Assert.Equal(ExperimentStatus.Failed, result.Status);
        Assert.Matches("client 0, round 2 of episode 0: its local model diverged .* step size 1E\\+30", result.Failure);
    }

    [Fact]
    public async Task A_model_that_cannot_be_tested_ends_the_run()
    {
        var plugins = new FakePlugins();
        plugins.World.Evaluate = _ => throw new InvalidOperationException("boom");

        // The final model only: several are tested side by side, and any may be the first to fail.
        var game = Games.Of(("truthful", 3)).Playing(execution => execution with { EvaluateEvery = 0 });
        var (result, _) = await TestNode.PlayAsync(plugins, Games.Plan(game));
        Assert.Equal("the model 'tiny' could not be tested after round 3 of episode 0: boom", result.Failure);
    }
}
