using FLCrowd.Actors.Definitions;
using FLCrowd.Experiments.Configuration;
using FsCheck.Xunit;

namespace FLCrowd.Host.Tests;

public class ClientSelectionSpec
{
    [Property]
    public bool Shares_deal_out_every_client_once_and_are_off_by_less_than_one(byte extra, byte[] parts)
    {
        int clients = extra + 1;
        double[] shares = [.. parts.Append((byte)1).Select(part => (double)part)];
        double sum = shares.Sum();
        var dealt = ClientSelection.Resolve(
            [.. shares.Select((share, index) => new ClientSelector($"clients[{index}]", null, share / sum, null))], clients);
        return Members(dealt).SequenceEqual(Enumerable.Range(0, clients))
            && dealt.Select((ranges, index) => Math.Abs(ranges.Sum(range => range.Count) - clients * shares[index] / sum))
                .All(off => off < 1 + 1e-6);
    }

    [Property]
    public bool Counts_and_ids_get_exactly_what_they_ask_for(byte[] counts, byte[] ids)
    {
        int[] named = [.. ids.Select(id => (int)id).Distinct()];
        int[] sizes = [.. counts.Select(count => count + 1)];
        int clients = Math.Max(named.Length + sizes.Sum(), named.Append(-1).Max() + 1);
        var selectors = sizes.Append(clients - named.Length - sizes.Sum()).Where(size => size > 0)
            .Select((size, index) => new ClientSelector($"clients[{index}]", size, null, null))
            .Append(new ClientSelector("named", null, null, named))
            .ToList();
        if (clients == 0)
        {
            return true;
        }

        var dealt = ClientSelection.Resolve(selectors, clients);
        return Members(dealt).SequenceEqual(Enumerable.Range(0, clients))
            && Members([dealt[^1]]).SequenceEqual(named.Order())
            && dealt.SkipLast(1).Select(ranges => ranges.Sum(range => range.Count))
                .SequenceEqual(selectors.SkipLast(1).Select(selector => selector.Count!.Value));
    }

    [Fact]
    public void The_largest_remainder_gets_the_odd_client() => Assert.Equal(
        [3, 4, 3],
        ClientSelection.Resolve(
            [new("a", null, .33, null), new("b", null, .34, null), new("c", null, .33, null)], 10)
            .Select(ranges => ranges.Sum(range => range.Count)));

    private static IEnumerable<int> Members(IEnumerable<ClientRange[]> dealt) =>
        dealt.SelectMany(ranges => ranges).SelectMany(range => Enumerable.Range(range.First, range.Count)).Order();
}
