using System.Globalization;
using System.Text.Json.Nodes;
using FLCrowd.Actors.Definitions;

namespace FLCrowd.Experiments.Configuration;

/// <summary>Which clients an entry of <c>clients</c> is about: exactly one of the three is set.</summary>
/// <param name="Path">Where the entry stands.</param>
/// <param name="Count">So many clients.</param>
/// <param name="Share">This share of the clients that neither ids nor counts take.</param>
/// <param name="Ids">These clients.</param>
internal sealed record ClientSelector(string Path, int? Count, double? Share, IReadOnlyList<int>? Ids)
{
    public static ClientSelector Read(Section entry, int clients)
    {
        bool count = entry.Has(StrategyKeys.Count), share = entry.Has(StrategyKeys.Share), ids = entry.Has(StrategyKeys.Ids);
        if ((count ? 1 : 0) + (share ? 1 : 0) + (ids ? 1 : 0) != 1)
        {
            throw new SettingException(
                entry.Path,
                "must say which clients it is about by exactly one of count, share and ids, which are no options of a strategy");
        }

        return new ClientSelector(
            entry.Path,
            count ? entry.Whole(StrategyKeys.Count, 1) : null,
            share ? entry.Number(StrategyKeys.Share, Bounds.Between(0, 1)) : null,
            ids ? [.. entry.List(StrategyKeys.Ids).SelectMany(item => ReadIds(entry, item, clients))] : null);
    }

    /// <summary>A client's index, or a range of them such as <c>3-7</c>.</summary>
    private static IEnumerable<int> ReadIds(Section entry, JsonNode? item, int clients)
    {
        var ends = item is JsonValue ? item.ToString().Split('-', 2) : [];
        if (ends.Length == 0
            || WholeNumber.Parse<int>(ends[0]) is not { } first
            || WholeNumber.Parse<int>(ends[^1]) is not { } last
            || first < 0
            || last < first)
        {
            throw entry.Wrong(StrategyKeys.Ids, "a list of client indices and ranges, such as [0, 3-7]");
        }

        return last < clients
            ? Enumerable.Range(first, last - first + 1)
            : throw new SettingException(
                entry.PathOf(StrategyKeys.Ids), $"has client {last}, but data.clients is {clients}: indices are 0 to {clients - 1}");
    }
}

/// <summary>Deals all clients out to the entries, each client to exactly one.</summary>
internal static class ClientSelection
{
    private const double Tolerance = 1e-6;

    /// <summary>
    /// The clients of each entry. Clients taken by ids come first; the others are dealt out in ascending order to the entries
    /// with a count or a share in the order of the list. Shares are rounded by the largest remainder.
    /// </summary>
    /// <exception cref="SettingException">A client is taken twice, or the numbers do not add up.</exception>
    public static ClientRange[][] Resolve(IReadOnlyList<ClientSelector> entries, int clients)
    {
        var owner = new int?[clients];
        for (int entry = 0; entry < entries.Count; entry++)
        {
            foreach (int id in entries[entry].Ids ?? [])
            {
                if (owner[id] is { } other)
                {
                    throw new SettingException($"{entries[entry].Path}.ids", $"has client {id}, which {entries[other].Path} has already");
                }

                owner[id] = entry;
            }
        }

        var sizes = Sizes(entries, clients, owner.Count(taken => taken is null));
        int next = 0;
        for (int entry = 0; entry < entries.Count; entry++)
        {
            for (int left = sizes[entry]; left > 0; next++)
            {
                if (owner[next] is null)
                {
                    owner[next] = entry;
                    left--;
                }
            }
        }

        return Ranges(owner, entries.Count);
    }

    private static int[] Sizes(IReadOnlyList<ClientSelector> entries, int clients, int free)
    {
        long counted = entries.Sum(entry => (long)(entry.Count ?? 0));
        bool shared = entries.Any(entry => entry.Share is not null);
        if (counted > free || (!shared && counted < free))
        {
            throw new SettingException("clients", $"counts and ids add up to {counted + clients - free}, but data.clients is {clients}");
        }

        double shares = entries.Sum(entry => entry.Share ?? 0);
        if (shared && Math.Abs(shares - 1) > Tolerance)
        {
            throw new SettingException(
                "clients", string.Create(CultureInfo.InvariantCulture, $"shares add up to {shares:0.######}; they must add up to 1"));
        }

        var rounded = LargestRemainder([.. entries.Select(entry => entry.Share ?? 0)], free - (int)counted);
        return [.. entries.Select((entry, index) => entry.Count ?? rounded[index])];
    }

    private static int[] LargestRemainder(double[] shares, int total)
    {
        // Rounding errors of a decimal share must not cost a client: .29 of 100 is 29.
        double sum = Math.Max(shares.Sum(), double.Epsilon);
        var exact = shares.Select(share => Math.Round(share / sum * total, 9)).ToArray();
        var sizes = exact.Select(size => (int)size).ToArray();
        var byRemainder = Enumerable.Range(0, shares.Length)
            .Where(index => shares[index] > 0)
            .OrderByDescending(index => exact[index] - sizes[index]).ThenBy(index => index);
        foreach (int index in byRemainder.Take(total - sizes.Sum()).ToList())
        {
            sizes[index]++;
        }

        return sizes;
    }

    private static ClientRange[][] Ranges(int?[] owner, int entries)
    {
        var ranges = Enumerable.Range(0, entries).Select(_ => new List<ClientRange>()).ToArray();
        for (int first = 0, end; first < owner.Length; first = end)
        {
            end = first;
            while (end < owner.Length && owner[end] == owner[first])
            {
                end++;
            }

            ranges[owner[first]!.Value].Add(new ClientRange(first, end - first));
        }

        return [.. ranges.Select(list => list.ToArray())];
    }
}
