using System.Globalization;
using System.Text.Json.Nodes;
using FLCrowd.Analysis.Regret;
using FLCrowd.Experiments.Configuration;

namespace FLCrowd.Experiments.Regret;

/// <summary>An entry of <c>experiment.regret.coalitions</c>: exactly one of clients, count and share says who deviates together.</summary>
/// <param name="Path">Where it stands.</param>
/// <param name="Name">Its name.</param>
/// <param name="Clients">These clients.</param>
/// <param name="Count">The first so many.</param>
/// <param name="Share">The first ones, up to this share of all, rounded.</param>
/// <param name="Effort">e; null: as the profile plays.</param>
/// <param name="BatchFactor">D over the assigned D'; null: as the profile plays.</param>
/// <param name="Gamma">gamma; null: as the profile plays.</param>
internal sealed record CoalitionSettings(
    string Path, string Name, IReadOnlyList<int>? Clients, int? Count, double? Share, double? Effort, double? BatchFactor, double? Gamma)
{
    /// <summary>The share of rounds that members come to; null: as the profile plays.</summary>
    public double? Attendance { get; init; }

    /// <exception cref="SettingException">An entry is incomplete, out of range, or has another one's name.</exception>
    public static IReadOnlyList<CoalitionSettings> ReadAll(Section regret)
    {
        var all = regret.List("coalitions")
            .Select((item, index) => Read(new Section(
                item as JsonObject ?? throw regret.Wrong("coalitions", "a list of blocks { name = ..., clients = [...], gamma = ... }"),
                $"{regret.PathOf("coalitions")}[{index}]")))
            .ToList();
        return all.GroupBy(coalition => coalition.Name).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new SettingException(
                $"{twice.Last().Path}.name", $"is '{twice.Key}', as is that of {twice.First().Path}; names must differ")
            : all;
    }

    /// <summary>The coalition among so many clients.</summary>
    /// <exception cref="SettingException">It has no members, or some that do not exist.</exception>
    public Coalition Of(int clients)
    {
        if (Clients?.FirstOrDefault(client => client >= clients, -1) is >= 0 and var stranger)
        {
            throw new SettingException($"{Path}.clients", $"names client {stranger}; clients are 0 to {clients - 1}");
        }

        if (Count > clients)
        {
            throw new SettingException($"{Path}.count", $"is {Count}, but data.clients is {clients}");
        }

        int first = Count ?? (int)Math.Round((Share ?? 0) * clients, MidpointRounding.AwayFromZero);
        var members = Clients ?? [.. Enumerable.Range(0, first)];
        return members.Count > 0
            ? new Coalition(Name, members, Effort, BatchFactor, Gamma) { Attendance = Attendance }
            : throw new SettingException($"{Path}.share", string.Create(
                CultureInfo.InvariantCulture, $"is {Share}: no client out of {clients}; a coalition has at least one"));
    }

    private static CoalitionSettings Read(Section entry)
    {
        bool clients = entry.Has("clients"), count = entry.Has("count"), share = entry.Has("share");
        if ((clients ? 1 : 0) + (count ? 1 : 0) + (share ? 1 : 0) != 1)
        {
            throw new SettingException(entry.Path, "must say who deviates together by exactly one of clients, count and share");
        }

        var name = SettingName.Checked(entry.Text("name"), entry.PathOf("name"));
        if (double.TryParse(name, CultureInfo.InvariantCulture, out _))
        {
            throw entry.Wrong("name", "a name that is not a number: tables name single clients by theirs");
        }

        var coalition = new CoalitionSettings(
            entry.Path,
            name,
            clients ? [.. entry.Wholes("clients", 0).Distinct().Order()] : null,
            count ? entry.Whole("count", 1) : null,
            share ? entry.Number("share", Bounds.Between(0, 1)) : null,
            Optional(entry, "effort", Bounds.Between(0, 1)),
            Optional(entry, "batch-factor", Bounds.Above(0)),
            Optional(entry, "gamma", Bounds.AtLeast(0)))
        {
            Attendance = Optional(entry, "attendance", Bounds.Between(0, 1)),
        };
        entry.Done();
        return coalition is { Effort: null, BatchFactor: null, Gamma: null, Attendance: null }
            ? throw new SettingException(entry.Path, "deviates in nothing; set effort, batch-factor, gamma or attendance")
            : coalition;
    }

    private static double? Optional(Section entry, string key, Bounds bounds) => entry.Has(key) ? entry.Number(key, bounds) : null;
}
