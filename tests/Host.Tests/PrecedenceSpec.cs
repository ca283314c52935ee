using System.Text.Json.Nodes;
using FLCrowd.Actors.Definitions;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Kinds;

namespace FLCrowd.Host.Tests;

public class PrecedenceSpec
{
    private const string Text = "flcrowd { seed = 5, learning { model = quadratic, rounds = 7, local-steps = 2 } }";

    [Fact]
    public void The_reference_gives_way_to_the_file_the_file_to_set_and_all_to_the_seed_option()
    {
        var game = Configured.File(Text, 9, "learning.rounds=3", "seed=6", "learning.rounds=4").Plan.Games.Single();
        Assert.Equal(
            (9UL, 4, 2, 0.5),
            (game.Seed, game.Learning.Protocol.Rounds, game.Learning.Protocol.LocalSteps, game.Learning.Protocol.StepSize));
        Assert.Equal(5UL, Configured.File(Text, null).Plan.Games.Single().Seed);
        Assert.Equal(0UL, Configured.File(Text, 0).Plan.Games.Single().Seed);
    }

    [Fact]
    public void A_path_on_the_command_line_may_begin_with_the_program_s_block() => Assert.Equal(
        3, Configured.File(Text, null, "flcrowd.learning.rounds=3").Plan.Games.Single().Learning.Protocol.Rounds);

    [Fact]
    public void The_defaults_are_the_game_of_the_readme()
    {
        var game = Configured.File("flcrowd {}", null).Plan.Games.Single();
        Assert.Equal(
            ("mnist", "softmax", "mean", "flat"),
            (game.Learning.DataSet.Name, game.Learning.Model.Name, game.Learning.Aggregator.Name, game.Incentive.Mechanism.Name));
        Assert.Equal(
            new PartitionSettings
            {
                Choice = new PluginChoice("last-digit", "{}", "data.last-digit"),
                SamplesPerClient = 1000,
                Heterogeneity = 0.4,
                Concentration = 0.5,
            },
            game.Learning.Partition);
        Assert.Equal(new TrainingProtocol { Rounds = 100, LocalSteps = 1, StepSize = 0.5 }, game.Learning.Protocol);
        Assert.Equal(
            new ExecutionDefinition(64, 8, 10, FailurePolicy.Fail, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5)), game.Execution);
        var group = Assert.Single(game.Crowd.Groups);
        Assert.Equal(("truthful", 1.0), (group.Strategy.Name, group.Weight));
        Assert.Equal([new ClientRange(0, 10)], group.Members);
        Assert.Equal(([20.0], [0.001], [50]), (game.Crowd.LabelingCosts, game.Crowd.ComputationCosts, game.Crowd.BatchSizes), TupleOfLists);
    }

    [Fact]
    public void Options_of_a_plug_in_stand_in_its_block()
    {
        var game = Configured.Run("learning.quadratic.dimension=3", "game.flat.amount=7", "learning.softmax.l2=0.5").Plan.Games.Single();
        Assert.Equal("3", JsonNode.Parse(game.Learning.Model.Options)!["dimension"]!.ToString());
        Assert.Equal("7", JsonNode.Parse(game.Incentive.Mechanism.Options)!["amount"]!.ToString());
    }

    [Fact]
    public void An_entry_holds_its_strategys_options_and_its_own_costs()
    {
        var groups = Configured.Run(
            "clients=[{ strategy = misreport, gamma = 3, ids = [0, 2-3], labeling-cost = 1, weight = 2 }, "
            + "{ strategy = truthful, share = 1 }]")
            .Plan.Games.Single().Crowd.Groups;
        Assert.Equal("""{"gamma":"3"}""", groups[0].Strategy.Options);
        Assert.Equal((1.0, null, 2.0), (groups[0].LabelingCost, groups[0].ComputationCost, groups[0].Weight));
        Assert.Equal([new ClientRange(0, 1), new ClientRange(2, 2)], groups[0].Members);
        Assert.Equal([new ClientRange(1, 1), new ClientRange(4, 6)], groups[1].Members);
    }

    [Fact]
    public void An_entry_of_a_list_is_changed_by_its_position()
    {
        const string Clients =
            "flcrowd { learning.model = quadratic, clients = [{ strategy = misreport, count = 2 }, { strategy = truthful, share = 1 }] }";
        var groups = Configured.File(Clients, null, "clients.0.gamma=3", "clients.1.weight=2").Plan.Games.Single().Crowd.Groups;
        Assert.Equal("""{"gamma":"3"}""", groups[0].Strategy.Options);
        Assert.Equal(("truthful", 2.0), (groups[1].Strategy.Name, groups[1].Weight));

        // There is no entry of that number: the list is replaced, and what replaces it is no strategy.
        Assert.StartsWith(
            "clients[0].strategy: is missing",
            Assert.Throws<SettingException>(() => Configured.File(Clients, null, "clients.2.gamma=3")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_are_the_processs_business() =>
        Assert.Equal(
            new ProcessSettings(3, null, "auto", new(JournalKind.Sqlite, null, TimeSpan.FromSeconds(30))),
            Configured.Run("execution.threads=3").Process);

    private static bool TupleOfLists((double[], double[], int[]) a, (double[], double[], int[]) b) =>
        a.Item1.SequenceEqual(b.Item1) && a.Item2.SequenceEqual(b.Item2) && a.Item3.SequenceEqual(b.Item3);
}
