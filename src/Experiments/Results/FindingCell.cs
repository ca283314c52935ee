using System.Text.Json.Nodes;
using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Experiments.Results;

/// <summary>A cell of a table.</summary>
public abstract record FindingCell
{
    /// <summary>What people read where there is no number.</summary>
    protected const string None = "–";

    /// <summary>For people.</summary>
    public abstract string Text(NumberFormat format);

    /// <summary>For programs; null where there is no number.</summary>
    public abstract JsonNode? Json { get; }

    /// <summary>A number as JSON has them.</summary>
    protected static JsonNode? Number(double? value) => value is { } number && double.IsFinite(number) ? JsonValue.Create(number) : null;
}

/// <summary>Words.</summary>
/// <param name="Words">As they are shown.</param>
public sealed record TextCell(string Words) : FindingCell
{
    /// <inheritdoc/>
    public override JsonNode? Json => JsonValue.Create(Words);

    /// <inheritdoc/>
    public override string Text(NumberFormat format) => Words;
}

/// <summary>What was decided, in a word.</summary>
/// <param name="Word">Such as yes, no, open.</param>
public sealed record VerdictCell(string Word) : FindingCell
{
    /// <inheritdoc/>
    public override JsonNode? Json => JsonValue.Create(Word);

    /// <inheritdoc/>
    public override string Text(NumberFormat format) => Word;
}

/// <summary>A number, or a count; null, or not finite: there is none.</summary>
/// <param name="Value">The number.</param>
public sealed record NumberCell(double? Value) : FindingCell
{
    /// <inheritdoc/>
    public override JsonNode? Json => Number(Value);

    /// <inheritdoc/>
    public override string Text(NumberFormat format) => Value is { } number && double.IsFinite(number) ? format.Text(number) : None;
}

/// <summary>A mean, and how sure it is: shown as <c>0.563 ± 0.002</c>, where that is not 0.</summary>
/// <param name="Mean">The mean; NaN where there is none.</param>
/// <param name="Spread">What stands behind the ±, in the same unit; NaN where there is none.</param>
/// <param name="Is">What that is: no cell has a ± without it, and a table's notes say it.</param>
public sealed record MeanCell(double Mean, double Spread, PlusMinus Is) : FindingCell
{
    /// <summary>What means of equal numbers may differ by.</summary>
    private const double Rounding = 1e-12;

    /// <inheritdoc/>
    public override JsonNode? Json => new JsonObject
    {
        ["mean"] = Number(Mean),
        [Is.Kind == SpreadKind.StandardError ? "standard_error" : "half_width"] = Number(Spread),
    };

    /// <summary>Whether there is anything behind a ±.</summary>
    public bool HasSpread => !double.IsNaN(Mean) && !double.IsNaN(Spread) && Spread > Rounding * Math.Abs(Mean);

    /// <inheritdoc/>
    public override string Text(NumberFormat format) => double.IsNaN(Mean) ? None
        : HasSpread ? $"{format.Text(Mean)} ± {format.SpreadText(Spread)}"
        : format.Text(Mean);

    /// <summary>With its standard error.</summary>
    /// <param name="moments">The mean.</param>
    /// <param name="over">What it is over, such as seeds.</param>
    internal static MeanCell Of(Moments moments, string over) =>
        new(moments.Mean, moments.StandardError, PlusMinus.OfMean(over));

    /// <summary>With the interval of <see cref="Interval.Confidence"/>.</summary>
    /// <param name="moments">The mean.</param>
    /// <param name="over">What it is over, such as seeds.</param>
    internal static MeanCell WithInterval(Moments moments, string over) =>
        new(moments.Mean, Interval.HalfWidth(moments), PlusMinus.OfInterval(over));
}

/// <summary>What stands behind a ±.</summary>
/// <param name="Kind">Which measure of how sure a number is.</param>
/// <param name="Text">In words that follow <c>± is</c>, with what it is of and over.</param>
public sealed record PlusMinus(SpreadKind Kind, string Text)
{
    /// <summary>One standard error of a mean.</summary>
    /// <param name="over">What the mean is over, such as seeds.</param>
    public static PlusMinus OfMean(string over) => new(SpreadKind.StandardError, $"one standard error of the mean over {over}");

    /// <summary>Half of a mean's confidence interval.</summary>
    /// <param name="over">What the mean is over, such as seeds.</param>
    public static PlusMinus OfInterval(string over) =>
        new(SpreadKind.HalfWidth, $"half the mean's 95 % confidence interval over {over} (Student)");

    /// <summary>As a sentence.</summary>
    public string Sentence => $"± is {Text}.";
}

/// <summary>Which measure of how sure a number is.</summary>
public enum SpreadKind
{
    /// <summary>One standard error.</summary>
    StandardError,

    /// <summary>Half the width of the confidence interval.</summary>
    HalfWidth,
}

/// <summary>An interval, with the number that it belongs to where there is one: <c>1.2 [0.3, 2.1]</c>.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Value">The number; null: the interval alone.</param>
public sealed record IntervalCell(double Low, double High, double? Value = null) : FindingCell
{
    /// <inheritdoc/>
    public override JsonNode? Json => Value is null
        ? new JsonObject { ["low"] = Number(Low), ["high"] = Number(High) }
        : new JsonObject { ["value"] = Number(Value), ["low"] = Number(Low), ["high"] = Number(High) };

    /// <inheritdoc/>
    public override string Text(NumberFormat format) => string.Join(' ', new[]
    {
        Value is { } value ? double.IsFinite(value) ? format.Text(value) : None : "",
        Value is not null && !double.IsFinite(Low) ? "" : $"[{format.Text(Low)}, {format.Text(High)}]",
    }.Where(part => part.Length > 0));

    internal static IntervalCell Of(Interval interval, double? value = null) => new(interval.Low, interval.High, value);
}
