using System.Globalization;
using FLCrowd.Actors.Tables;
using FLCrowd.Analysis.Regret;

namespace FLCrowd.Experiments.Regret;

/// <summary>What one game of a regret experiment is for.</summary>
/// <param name="Block">What tells the game's profile and mechanism from the experiment's others: the values of its variants and
/// grid.</param>
/// <param name="Replicate">Games of a replicate share all draws.</param>
/// <param name="Deviation">Who does what; null: nobody deviates alone.</param>
/// <param name="Coalition">The name of the coalition that deviates; null: none. Without either the profile itself is played.</param>
internal readonly record struct RegretPlay(IReadOnlyList<string> Block, int Replicate, Deviation? Deviation, string? Coalition = null)
{
    /// <summary>Which columns the run's tables have for deviations.</summary>
    public TriedColumns Tried { get; init; }

    /// <summary>The game's seed, where the run has several deals; null: one.</summary>
    public ulong? Deal { get; init; }

    /// <summary>Who deviates.</summary>
    public static readonly Column<string> Deviator = new(
        "deviator", ColumnType.Text, "the client that deviates, or the name of the coalition; empty where the profile itself was played",
        "");

    /// <summary>The columns behind those of variants and grid; those of the deviation are empty in rows of the profile, and those of the
    /// action
    /// in rows of coalitions, of which the deviator is the name.</summary>
    public static IReadOnlyList<Column> Declared { get; } =
    [
        new("replicate", ColumnType.Whole, "games of a replicate share all draws; from `max-replicates` on they are fresh ones"),
        Deviator,
        new("deviation_effort", ColumnType.Number, "e of the deviation; empty for the profile and for coalitions"),
        new("deviation_batch_factor", ColumnType.Number, "its D over the assigned D', likewise"),
        new("deviation_gamma", ColumnType.Number, "its gamma, likewise"),
    ];

    /// <summary>Behind them, where deviations are tried that stay away from rounds.</summary>
    public static readonly Column<double> Attendance = new(
        "deviation_attendance", ColumnType.Number,
        "the share of rounds that it comes to, likewise; where `regret.attendances` has others than 1", "");

    /// <summary>Behind them, where deviations are tried whose reports change from round to round.</summary>
    public static readonly Column<string> Report = new(
        "deviation_report", ColumnType.Text,
        "what it reports round by round, likewise; where `regret.reports` has any, and empty for w + gamma (w_H - w)", "");

    /// <summary>The columns of a run.</summary>
    /// <param name="tried">What it tries beside e, D and gamma.</param>
    public static IReadOnlyList<Column> ColumnsOf(TriedColumns tried) =>
        [.. Declared, .. tried.Attendance ? [Attendance] : (Column[])[], .. tried.Report ? [Report] : (Column[])[]];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> NamesOf(TriedColumns tried) => [.. ColumnsOf(tried).Select(column => column.Name)];

    public string[] Values =>
    [
        .. Block,
        Replicate.ToString(CultureInfo.InvariantCulture),
        .. Deviation is { } deviation
            ? [deviation.Client.ToString(CultureInfo.InvariantCulture), Text(deviation.Effort), Text(deviation.BatchFactor),
            Text(deviation.Gamma), .. Tried.Attendance ? [Text(deviation.Attendance)] : (string[])[],
            .. Tried.Report ? [deviation.Report ?? ""] : (string[])[]]
            : (string[])[Coalition ?? "", "", "", "", .. Enumerable.Repeat("", ColumnsOf(Tried).Count - Declared.Count)],
    ];

    /// <summary>Reads what <see cref="Values"/> wrote to a table.</summary>
    /// <param name="values">The fields of the swept columns.</param>
    /// <param name="tried">Which of them there are.</param>
    public static RegretPlay Parse(IReadOnlyList<string> values, TriedColumns tried)
    {
        int count = ColumnsOf(tried).Count;
        var own = values.Skip(values.Count - count).ToArray();
        return new RegretPlay(
            [.. values.SkipLast(count)],
            int.Parse(own[0], CultureInfo.InvariantCulture),
            own[2].Length == 0
                ? null
                : new Deviation(int.Parse(own[1], CultureInfo.InvariantCulture), Number(own[2]), Number(own[3]), Number(own[4]))
                {
                    Attendance = tried.Attendance ? Number(own[5]) : 1,
                    Report = tried.Report && own[^1].Length > 0 ? own[^1] : null,
                },
            own[1].Length > 0 && own[2].Length == 0 ? own[1] : null)
        {
            Tried = tried,
        };
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>What deviations of a run differ in beside e, D and gamma: the columns that its tables have for them.</summary>
/// <param name="Attendance">Some stay away from rounds.</param>
/// <param name="Report">Some report otherwise from round to round.</param>
internal readonly record struct TriedColumns(bool Attendance, bool Report)
{
    public static TriedColumns All => new(true, true);

    /// <summary>The settings by which a run asks for them.</summary>
    public IReadOnlyList<string> Wanted =>
        [.. Attendance ? [RegretSettings.AttendancesKey] : (string[])[], .. Report ? [RegretSettings.ReportsKey] : (string[])[]];

    /// <summary>Those of a run with the swept columns given.</summary>
    public static TriedColumns In(IReadOnlyList<string> swept)
    {
        bool report = swept.Count > 0 && swept[^1] == RegretPlay.Report.Name;
        return new(swept.Count > (report ? 1 : 0) && swept[report ? ^2 : ^1] == RegretPlay.Attendance.Name, report);
    }
}
