using FLCrowd.Actors.Clients;
using FLCrowd.Actors.Definitions;

namespace FLCrowd.Actors.Tests.Clients;

public class RevisionScheduleSpec
{
    private const int Clients = 7;

    [Fact]
    public void By_default_everybody_chooses_in_every_episode()
    {
        Assert.True(new RevisionSettings().IsAlways);
        Assert.All(
            All(new RevisionSettings()), client => Assert.All(Enumerable.Range(0, 50), episode => Assert.True(client.MayRevise(episode))));
    }

    [Theory]
    [InlineData(RevisionOrder.Simultaneous)]
    [InlineData(RevisionOrder.RoundRobin)]
    [InlineData(RevisionOrder.Random)]
    public void All_choose_in_the_first_episode(RevisionOrder order) =>
        Assert.All(All(new RevisionSettings(order, 3, 0.9)), client => Assert.True(client.MayRevise(0)));

    [Fact]
    public void Round_robin_gives_one_client_after_another_its_turn()
    {
        var clients = All(new RevisionSettings(RevisionOrder.RoundRobin, 3));
        for (int episode = 1; episode < 60; episode++)
        {
            Assert.Equal([episode / 3 % Clients], Revising(clients, episode));
        }
    }

    [Fact]
    public void A_random_order_gives_each_client_one_turn_a_sweep_in_orders_that_differ()
    {
        var clients = All(new RevisionSettings(RevisionOrder.Random, 2));
        var sweeps = Enumerable.Range(1, 20)
            .Select(sweep => Enumerable.Range(0, Clients)
                .Select(turn => Assert.Single(Revising(clients, 2 * (sweep * Clients + turn)))).ToList())
            .ToList();
        Assert.All(sweeps, sweep => Assert.Equal(Enumerable.Range(0, Clients), sweep.Order()));
        Assert.True(sweeps.Select(sweep => string.Join(' ', sweep)).Distinct().Count() > 15);
    }

    [Fact]
    public void Inertia_is_the_probability_to_sit_a_whole_turn_out()
    {
        var clients = All(new RevisionSettings(RevisionOrder.Simultaneous, 4, 0.3));
        var turns = Enumerable.Range(1, 500).SelectMany(turn => clients.Select(client => client.MayRevise(4 * turn))).ToList();
        Assert.Equal(0.7, turns.Average(revises => revises ? 1.0 : 0), 0.03);
        Assert.All(
            Enumerable.Range(1, 100),
            turn => Assert.Single(Enumerable.Range(0, 4).Select(of => clients[2].MayRevise(4 * turn + of)).Distinct()));
    }

    [Fact]
    public void A_client_knows_how_long_its_action_lasts()
    {
        var client = All(new RevisionSettings(RevisionOrder.RoundRobin, 3))[2];
        Assert.Equal(5, client.Repeats(0, 100)); // its turn is 6, 7, 8
        Assert.Equal([0, 0, 18], Enumerable.Range(6, 3).Select(episode => client.Repeats(episode, 100)));
        Assert.Equal(1, client.Repeats(8, 10));
    }

    private static RevisionSchedule[] All(RevisionSettings settings) =>
        [.. Enumerable.Range(0, Clients).Select(client => new RevisionSchedule(settings, new Seed(5), client, Clients))];

    private static IEnumerable<int> Revising(RevisionSchedule[] clients, int episode) =>
        Enumerable.Range(0, Clients).Where(client => clients[client].MayRevise(episode));
}
