using System.Text.Json;
using System.Text.Json.Nodes;
using FLCrowd.Analysis.Regret;
using FLCrowd.Experiments.Configuration;

namespace FLCrowd.Experiments.Regret;

/// <summary>The setting <c>experiment.regret.reports</c>: deviations whose reports change from round to round.</summary>
internal static class ReportDeviations
{
    private const string Key = "reports";
    private const string Standard = "standard";

    /// <summary>The batch of a client that does not compute, over the assigned one: a sample, or nearly none.</summary>
    private const double Idle = 0.01;

    /// <summary>What is tried under the name <c>standard</c> (docs/truth-over-time.md).</summary>
    private static readonly Deviation[] Battery =
    [
        Of("linear 5 0"),
        Of("linear 3 0"),
        Of("linear 5 0") with { BatchFactor = 0.25 },
        Of("pieces 0 0 0 0 2"),
        Of("pieces 2 0 0 0 0"),
        Of("replay 1") with { Effort = 0, BatchFactor = Idle },
        Of("replay 3") with { Effort = 0, BatchFactor = Idle },
        Of("average 0.5"),
        Of("inflate 0.1"),
        Of("inflate 0.3") with { Effort = 0, BatchFactor = Idle, Gamma = 0 },
        Of("noise 1") with { Effort = 0, BatchFactor = Idle },
        Of("stale"),
    ];

    /// <summary>none, standard, or a list of reports: texts, or blocks { report, effort = 1, batch-factor = 1, gamma = 1 }.</summary>
    /// <exception cref="SettingException">One is none.</exception>
    public static IReadOnlyList<Deviation> Read(Section section)
    {
        if (!section.IsList(Key) && !section.IsBlock(Key) && section.Text(Key) is "none" or Standard)
        {
            return section.Text(Key) == Standard ? Battery : [];
        }

        return [.. section.List(Key).SelectMany((item, index) => Read(item, $"{section.PathOf(Key)}[{index}]")).Distinct()];
    }

    private static Deviation[] Read(JsonNode? item, string path)
    {
        if (item is JsonObject block)
        {
            var section = new Section(block, path);
            var deviation = Of(section.Text("report")) with
            {
                Effort = Optional("effort", Bounds.Between(0, 1)),
                BatchFactor = Optional("batch-factor", Bounds.Above(0)),
                Gamma = Optional("gamma", Bounds.AtLeast(0)),
            };
            section.Done();
            return [deviation];

            double Optional(string key, Bounds bounds) => section.Has(key) ? section.Number(key, bounds) : 1;
        }

        var text = item?.ToString() ?? "";
        return text == Standard ? Battery : [Of(text)];
    }

    /// <summary>Whether they are what <c>standard</c> stands for, which nobody needs to have asked for.</summary>
    public static bool IsStandard(IReadOnlyList<Deviation> reports) => ReferenceEquals(reports, Battery);

    private static Deviation Of(string report) => new(0, 1, 1, 1) { Report = report };

    /// <summary>Whether the strategy that plays them knows all of them.</summary>
    /// <exception cref="SettingException">One is no report.</exception>
    public static void Check(IReadOnlyList<Deviation> reports, PluginCatalog catalog)
    {
        foreach (var deviation in reports)
        {
            var options = JsonSerializer.Serialize(new Dictionary<string, string> { ["report"] = deviation.Report! });
            catalog.Check(PluginKind.Strategy, new PluginChoice("fixed", options, $"experiment.regret.{Key}"));
        }
    }
}
