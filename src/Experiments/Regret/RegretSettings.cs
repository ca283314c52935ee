using System.Numerics;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Tables;
using FLCrowd.Analysis.Regret;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Kinds;

namespace FLCrowd.Experiments.Regret;

/// <summary>The section <c>experiment.regret</c>: which deviations from a profile are measured, and how often.</summary>
/// <param name="Clients">Whose deviations; null: of all clients, or of one per entry.</param>
/// <param name="OnePerEntry">Those of the first client of each entry of <c>clients</c>, which stands for the entry.</param>
/// <param name="Efforts">e of the grid.</param>
/// <param name="BatchFactors">D of the grid, as multiples of the assigned D'.</param>
/// <param name="Gammas">gamma of the grid.</param>
/// <param name="Tolerance">The share of a client's cost that a gain must exceed to count, at least 0.</param>
/// <param name="Replicates">Paired plays of the profile and of every deviation in the first stage.</param>
/// <param name="MaxReplicates">Paired plays after the last one.</param>
/// <param name="Confidence">Simultaneous confidence of the intervals, in (0, 1).</param>
internal sealed record RegretSettings(
    IReadOnlyList<int>? Clients,
    bool OnePerEntry,
    IReadOnlyList<double> Efforts,
    IReadOnlyList<double> BatchFactors,
    IReadOnlyList<double> Gammas,
    double Tolerance,
    int Replicates,
    int MaxReplicates,
    double Confidence)
{
    /// <summary>The setting with which tables have columns for attendance.</summary>
    public const string AttendancesKey = "experiment.regret.attendances";

    /// <summary>Attendances of the grid.</summary>
    public IReadOnlyList<double> Attendances { get; init; } = [1];

    /// <summary>The setting with which tables have columns for reports.</summary>
    public const string ReportsKey = "experiment.regret.reports";

    /// <summary>Deviations whose reports change from round to round, beside the grid; of any client.</summary>
    public IReadOnlyList<Deviation> Reports { get; init; } = [];

    /// <summary>How best responses are searched beside; null: they are not.</summary>
    public AttackDesign? Search { get; init; }

    /// <summary>What is tried beside e, D and gamma.</summary>
    public TriedColumns Tried => new(
        Attendances.Any(share => share != 1) || Coalitions.Any(coalition => coalition.Attendance is not null),
        Reports.Count > 0 || Search is not null);

    /// <summary>The settings by which it asks for columns.</summary>
    public IReadOnlyList<string> Wanted => Tried.Wanted;

    /// <summary>Whose joint deviations are measured, too.</summary>
    public IReadOnlyList<CoalitionSettings> Coalitions { get; init; } = [];

    /// <summary>The tables of what is measured.</summary>
    public IReadOnlyList<TableSchema> Tables => Coalitions.Count > 0 ? [GainTable.Schema, CoalitionTable.Schema] : [GainTable.Schema];

    /// <summary>The values of the swept columns of a play in which nobody deviates.</summary>
    /// <param name="block">Those of its variants and grid.</param>
    public string[] Nobody(IReadOnlyList<string> block) => new RegretPlay(block, 0, null) { Tried = Tried }.Values;

    private const string ClientWords = "one-per-entry, all, or a list of client indices";

    public static RegretSettings Read(Section section)
    {
        var word = section.IsList("clients") ? null : section.Text("clients");
        var ids = word is "all" or "one-per-entry" ? null
            : (word is null ? section.List("clients").Count > 0 : WholeNumber.Parse<int>(word) is not null)
            ? section.WholesOr("clients", 0, "").Distinct().ToArray()
            : throw section.Wrong("clients", ClientWords);
        var settings = new RegretSettings(
            ids,
            word == "one-per-entry",
            [.. section.Numbers("efforts", Bounds.Between(0, 1)).Distinct()],
            [.. section.Numbers("batch-factors", Bounds.Above(0)).Distinct()],
            [.. section.Numbers("gammas", Bounds.AtLeast(0)).Distinct()],
            section.Number("tolerance", Bounds.AtLeast(0)),
            section.Whole("replicates", 4),
            section.Whole("max-replicates", 4),
            section.Number("confidence", Bounds.Between(0.5, 0.9999)))
        {
            Coalitions = CoalitionSettings.ReadAll(section),
            Attendances = [.. section.Numbers("attendances", Bounds.Between(0, 1)).Distinct()],
            Reports = ReportDeviations.Read(section),
        };
        settings = settings with { Search = AttackSettings.Read(section.Sub("search"), settings.Replicates) };
        section.Done();
        return settings.MaxReplicates >= settings.Replicates
            ? settings
            : throw new SettingException(
                section.PathOf("max-replicates"), $"is {settings.MaxReplicates}; must be at least replicates, {settings.Replicates}");
    }

    /// <summary>The experiment of these settings for profiles with the names and values given.</summary>
    /// <exception cref="SettingException">A client does not exist, or a coalition is empty.</exception>
    public RegretDesign Design(IEnumerable<(string Name, IReadOnlyList<string> Values, GameDefinition Game)> profiles) => new(
        Confidence,
        Tolerance,
        Replicates,
        MaxReplicates,
        Efforts,
        BatchFactors,
        Gammas,
        [.. profiles.Select(profile => new RegretBlock(profile.Name, profile.Values, Measured(profile.Game))
        {
            Coalitions = [.. Coalitions.Select(coalition => coalition.Of(profile.Game.Crowd.Clients))],
        })])
    {
        Attendances = Attendances,
        Reports = Reports,
        Search = Search,
    };

    /// <summary>Whether a run may have as many games as the measurement begins with, and one deviation as many as it may come to.</summary>
    /// <exception cref="SettingException">There are more than <c>experiment.max-games</c>.</exception>
    public void CheckCount(ExperimentSettings experiment, RegretDesign design)
    {
        GameCount.Check(experiment, design.FirstGames, $"{GameCount.Text(Replicates)} replicates of profiles and deviations");
        if (Search is { } search)
        {
            GameCount.Check(
                experiment,
                (BigInteger)search.Tried * search.Draws * design.Blocks.Sum(block => block.Clients.Count),
                $"{GameCount.Text(search.Tried)} deviations tried for each client, {GameCount.Text(search.Draws)} draws");
        }

        if (MaxReplicates > experiment.MaxGames)
        {
            throw new SettingException(
                "experiment.regret.max-replicates",
                $"is {GameCount.Text(MaxReplicates)}: one deviation may be played more often than {GameCount.Limit} allows, "
                + GameCount.Text(experiment.MaxGames));
        }
    }

    private RegretClient[] Measured(GameDefinition game)
    {
        var crowd = game.Crowd;
        if (Clients?.FirstOrDefault(client => client >= crowd.Clients, -1) is >= 0 and var stranger)
        {
            throw new SettingException("experiment.regret.clients", $"names client {stranger}; clients are 0 to {crowd.Clients - 1}");
        }

        int[] kinds = OnePerEntry ? ClientKinds.Of(game) : [];
        return OnePerEntry
            ? [.. crowd.Groups.Select(group => First([.. group.Members.SelectMany(range => Enumerable.Range(range.First, range.Count))]))]
            : [.. (Clients ?? [.. Enumerable.Range(0, crowd.Clients)]).Select(client => new RegretClient(client, 1))];

        RegretClient First(int[] members) => new(members[0], members.Length)
        {
            Alike = members.Count(member => kinds[member] == kinds[members[0]]),
        };
    }
}
