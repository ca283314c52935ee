using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using FLCrowd.Strategies.Surrogates;
using FLCrowd.Strategies.Theory;

namespace FLCrowd.Strategies.Mechanisms;

/// <summary>Whom lceme asks to take part.</summary>
internal enum LcemeAsked
{
    All,
    Worthwhile,
}

internal sealed class LcemeOptions
{
    [Description("The loss surrogate that pay is made from (pilot, theorem1, corrected, given, or a plug-in's).")]
    public string Surrogate { get; set; } = Pilot.Name;

    [Description("The options of that surrogate.")]
    public JsonObject SurrogateOptions { get; set; } = [];

    [Description("Whether to use the paper's formulas as printed, errata included (docs/errata.md).")]
    public bool AsPrinted { get; set; }

    [Range(0.0, double.MaxValue)]
    [Description("By how much labeling earns more than it costs at the least batch size, as a share of the cost; as-printed has none.")]
    public double Margin { get; set; } = LcemeClient.DefaultMargin;

    [Description("With assignment = optimal: whether all clients get the mean of the optimal batch sizes, the total being the same.")]
    public bool Even { get; set; }

    [Description("Who is asked to take part: all | worthwhile (not those who are clearly worth less to the loss than doing as asked "
        + "costs them; they are asked for nothing and paid nothing, and the surrogate is made again without them).")]
    public LcemeAsked Ask { get; set; } = LcemeAsked.All;
}
