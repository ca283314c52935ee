using FLCrowd.Actors.Rounds;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FLCrowd.Actors.Tests.Rounds;

public class OrderedGatherSpec
{
    private static Arbitrary<(int[] Arrival, bool[] Awaited)> Arrivals =>
        (from parties in Gen.Choose(0, 20)
         from arrival in Gen.Shuffle(Enumerable.Range(0, parties).ToArray())
         from awaited in Gen.ArrayOf(ArbMap.Default.GeneratorFor<bool>(), parties)
         select (arrival, awaited)).ToArbitrary();

    [Property]
    public Property Answers_come_out_in_the_parties_order_whatever_order_they_arrive_in() => Prop.ForAll(Arrivals, given =>
    {
        var gather = new OrderedGather<string>(given.Arrival.Length);
        gather.Begin(party => given.Awaited[party]);
        var taken = new List<string>();
        foreach (int party in given.Arrival)
        {
            Assert.Equal(given.Awaited[party], gather.Offer(party, $"{party}"));
            TakeAll(gather, taken);
        }

        Assert.True(gather.IsComplete);
        Assert.Equal(Enumerable.Range(0, given.Arrival.Length).Where(party => given.Awaited[party]).Select(party => $"{party}"), taken);
    });

    [Property]
    public Property No_answer_comes_out_before_those_of_earlier_parties() => Prop.ForAll(Arrivals, given =>
    {
        var gather = new OrderedGather<string>(given.Arrival.Length);
        gather.Begin();
        var (arrived, taken) = (new HashSet<int>(), new List<string>());
        foreach (int party in given.Arrival)
        {
            gather.Offer(party, $"{party}");
            arrived.Add(party);
            TakeAll(gather, taken);
            Assert.Equal(Enumerable.Range(0, given.Arrival.Length).TakeWhile(arrived.Contains).Select(early => $"{early}"), taken);
            Assert.Equal(Enumerable.Range(0, given.Arrival.Length).Except(arrived), gather.Missing);
        }
    });

    [Property]
    public Property A_second_answer_of_a_party_is_refused() => Prop.ForAll(Arrivals, given =>
    {
        var gather = new OrderedGather<string>(given.Arrival.Length);
        gather.Begin();
        var taken = new List<string>();
        foreach (int party in given.Arrival)
        {
            Assert.True(gather.Offer(party, "first"));
            Assert.False(gather.Offer(party, "second"));
            TakeAll(gather, taken);
            Assert.False(gather.Offer(party, "third"));
        }

        Assert.DoesNotContain("second", taken);
        Assert.Equal(given.Arrival.Length, taken.Count);
    });

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void A_stranger_is_refused(int stranger)
    {
        var gather = new OrderedGather<string>(3);
        gather.Begin();
        Assert.False(gather.Offer(stranger, "?"));
        Assert.Equal([0, 1, 2], gather.Missing);
    }

    [Fact]
    public void Nobody_is_awaited_before_it_begins()
    {
        var gather = new OrderedGather<string>(2);
        Assert.False(gather.Offer(0, "early"));
        Assert.True(gather.IsComplete);
        Assert.Null(gather.TakeNext());
    }

    [Fact]
    public void Beginning_anew_forgets_what_was_not_taken()
    {
        var gather = new OrderedGather<string>(2);
        gather.Begin();
        gather.Offer(1, "old");
        gather.Begin(party => party == 0);
        gather.Offer(0, "new");
        Assert.Equal("new", gather.TakeNext());
        Assert.Null(gather.TakeNext());
        Assert.True(gather.IsComplete);
    }

    private static void TakeAll(OrderedGather<string> gather, List<string> taken)
    {
        while (gather.TakeNext() is { } next)
        {
            taken.Add(next);
        }
    }
}
