using Akka.TestKit;
using Akka.TestKit.Xunit;
using FLCrowd.Actors.Cohorts;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Cohorts;

public class CohortTurnsSpec : TestKit
{
    private const int Large = 1000;

    private readonly CohortTurns _turns = new(threads: 1);
    private readonly TestProbe[] _cohorts;

    public CohortTurnsSpec()
        : base("akka { loglevel = OFF, stdout-loglevel = OFF }") => _cohorts = [.. Enumerable.Range(0, 40).Select(_ => CreateTestProbe())];

    [Fact]
    public async Task Two_cohorts_train_at_a_time_however_large_and_the_others_in_the_order_in_which_they_asked()
    {
        Assert.Equal([true, true, false, false, false], Enumerable.Range(0, 5).Select(cohort => Take(cohort, Large)));
        End(1);
        await _cohorts[2].NextAsync<YourTurn>();
        End(2);
        await _cohorts[3].NextAsync<YourTurn>();
        End(0);
        await _cohorts[4].NextAsync<YourTurn>();
        Assert.False(Take(5, 1)); // small, but two large ones train
    }

    [Fact]
    public async Task Small_cohorts_train_together_as_long_as_their_clients_are_few()
    {
        Assert.Equal(16, Enumerable.Range(0, 40).Count(cohort => Take(cohort, 1)));
        Enumerable.Range(0, 3).ToList().ForEach(End);
        foreach (int cohort in new[] { 16, 17, 18 })
        {
            await _cohorts[cohort].NextAsync<YourTurn>();
        }
    }

    [Fact]
    public async Task Nobody_overtakes_who_waits()
    {
        Take(0, Large);
        Take(1, 1);
        Assert.False(Take(2, Large));
        End(3); // of no concern
        Assert.False(Take(4, 1));
        End(1);
        await _cohorts[2].NextAsync<YourTurn>();
        End(0);
        await _cohorts[4].NextAsync<YourTurn>();
    }

    [Fact]
    public async Task Who_waits_no_more_has_no_turn()
    {
        Take(0, Large);
        Take(1, Large);
        Take(2, Large);
        Take(3, Large);
        End(2);
        End(0);
        await _cohorts[3].NextAsync<YourTurn>();
        Assert.False(_cohorts[2].HasMessages);
    }

    private bool Take(int cohort, int clients) => _turns.Take(_cohorts[cohort], clients);

    private void End(int cohort) => _turns.End(_cohorts[cohort]);
}
