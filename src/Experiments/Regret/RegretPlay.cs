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

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Columns { get; } = [.. Declared.Select(column => column.Name)];

    public string[] Values =>
    [
        .. Block,
        Replicate.ToString(CultureInfo.InvariantCulture),
        .. Deviation is { } deviation
            ? [deviation.Client.ToString(CultureInfo.InvariantCulture), Text(deviation.Effort), Text(deviation.BatchFactor),
            Text(deviation.Gamma)]
            : (string[])[Coalition ?? "", "", "", ""],
    ];

    /// <summary>Reads what <see cref="Values"/> wrote to a table.</summary>
    public static RegretPlay Parse(IReadOnlyList<string> values)
    {
        var own = values.Skip(values.Count - Columns.Count).ToArray();
        return new RegretPlay(
            [.. values.SkipLast(Columns.Count)],
            int.Parse(own[0], CultureInfo.InvariantCulture),
            own[2].Length == 0
                ? null
                : new Deviation(int.Parse(own[1], CultureInfo.InvariantCulture), Number(own[2]), Number(own[3]), Number(own[4])),
            own[1].Length > 0 && own[2].Length == 0 ? own[1] : null);
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
