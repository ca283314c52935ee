using System.Collections.Concurrent;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Tests.Fakes;
using FLCrowd.Actors.Watching;

namespace FLCrowd.Actors.Tests.Watching;

public class SpectatorSpec
{
    [Fact]
    public async Task A_spectator_sees_the_messages_of_a_round_on_their_way_down_and_up_again()
    {
        var (seen, _) = await WatchAsync();
        var round = seen.Messages.Where(message => message.Round == 2).ToList();

        // Four clients in cohorts of three.
        Assert.Equal(
            ["GlobalModel", "GlobalModel"], Names(round, SeatKind.Server, SeatKind.Cohort));
        Assert.Equal(Enumerable.Repeat("GlobalModel", 4), Names(round, SeatKind.Cohort, SeatKind.Client));
        Assert.Equal(Enumerable.Repeat("TrainLocally", 4), Names(round, SeatKind.Client, SeatKind.Trainer));
        Assert.Equal(Enumerable.Repeat("Trained", 4), Names(round, SeatKind.Trainer, SeatKind.Client));
        Assert.Equal(Enumerable.Repeat("LocalModel", 4), Names(round, SeatKind.Client, SeatKind.Cohort));
        Assert.Equal(["CohortUpdate", "CohortUpdate"], Names(round, SeatKind.Cohort, SeatKind.Server));
        Assert.Equal(20, round.Count);
        foreach (var client in Enumerable.Range(0, 4).Select(Seat.Client))
        {
            Assert.Equal(
                ["GlobalModel", "TrainLocally", "Trained", "LocalModel"],
                round.Where(message => message.From == client || message.To == client).Select(message => message.Name));
        }
    }

    [Fact]
    public async Task It_sees_assignments_before_the_first_round_and_pay_after_the_last()
    {
        var (seen, _) = await WatchAsync();
        var before = seen.Messages.Where(message => message.Round == MessageSeen.Assigning).Select(message => message.Name).ToList();
        Assert.Equal(["Assign", "CohortAssignments", "CohortReady", "Ready"], before.Distinct().Order());
        var after = seen.Messages.Where(message => message.Round == MessageSeen.Paying).Select(message => message.Name).ToList();
        Assert.Equal(
            ["ClientEnded", "CohortOutcomes", "CohortRewards", "EpisodeResult", "Reward"], after.Distinct().Order());
    }

    [Fact]
    public async Task What_clients_really_do_is_marked_as_hidden_and_nothing_else()
    {
        var (seen, _) = await WatchAsync();
        Assert.Equal(
            ["ClientEnded", "CohortOutcomes", "TrainLocally", "Trained"],
            seen.Messages.Where(message => message.IsHidden).Select(message => message.Name).Distinct().Order());
        Assert.DoesNotContain(seen.Messages, message => message.IsHidden && SeatKind.Server == message.To.Kind);
    }

    [Fact]
    public async Task It_is_told_of_every_test_and_of_every_cohorts_place()
    {
        var (seen, sink) = await WatchAsync();
        var tested = sink.Episodes.Single().Result.Rounds.Select(round => (round.Round, round.Evaluation));
        Assert.Equal(tested, seen.Tests.OrderBy(test => test.Round));
        Assert.Equal([(0, ""), (1, "")], seen.Places.Order());
    }

    [Fact]
    public async Task It_changes_nothing_and_is_not_asked_to_describe_what_it_does_not_want()
    {
        var (_, unwatched) = await TestNode.PlayAsync(new FakePlugins(), Games.Plan(Game()));
        var (_, watched) = await WatchAsync();
        var (seen, bored) = await WatchAsync(member => member == Seat.Client(1));
        Assert.Equal(unwatched.Text, watched.Text);
        Assert.Equal(unwatched.Text, bored.Text);
        Assert.All(seen.Messages, message => Assert.True(message.From == Seat.Client(1) || message.To == Seat.Client(1)));
        Assert.NotEmpty(seen.Messages);
    }

    private static GameDefinition Game() => Games.Of(("truthful", 4));

    private static async Task<(Spectator Seen, MemorySink Sink)> WatchAsync(Func<Seat, bool>? wants = null)
    {
        await using var node = await TestNode.StartAsync(new FakePlugins());
        var (spectator, sink) = (new Spectator(wants ?? (_ => true)), new MemorySink());
        Spectators.Watch(node.System, spectator);
        Assert.Equal(ExperimentStatus.Completed, (await node.RunAsync(Games.Plan(Game()), sink)).Status);
        return (spectator, sink);
    }

    private static IEnumerable<string> Names(IEnumerable<MessageSeen> messages, SeatKind from, SeatKind to) =>
        messages.Where(message => message.From.Kind == from && message.To.Kind == to).Select(message => message.Name);

    private sealed class Spectator(Func<Seat, bool> wants) : ISpectator
    {
        private readonly ConcurrentQueue<MessageSeen> _messages = [];
        private readonly ConcurrentQueue<(int, Evaluation)> _tests = [];
        private readonly ConcurrentQueue<(int, string)> _places = [];

        public IReadOnlyCollection<MessageSeen> Messages => _messages;

        public IReadOnlyCollection<(int Round, Evaluation Evaluation)> Tests => _tests;

        public IReadOnlyCollection<(int Cohort, string Node)> Places => _places;

        public bool Wants(int game, Seat member) => wants(member);

        public void Message(MessageSeen message) => _messages.Enqueue(message);

        public void Tested(int game, int episode, int round, Evaluation evaluation) => _tests.Enqueue((round, evaluation));

        public void Placed(int game, int cohort, string node) => _places.Enqueue((cohort, node));

        public void AskedAgain(int game, string waiting)
        {
        }
    }
}
