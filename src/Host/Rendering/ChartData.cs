using System.Text.Json.Nodes;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Host.Rendering;

/// <summary>What the script of a report draws: a plot's numbers, names and colours as JSON, as the findings have them.</summary>
internal static class ChartData
{
    /// <param name="plot">The plot.</param>
    /// <param name="colours">Those that its picture was drawn with.</param>
    /// <returns>Safe between tags: nothing in it means anything in HTML. Null where there is only the picture: of lines that turn back,
    /// and of nothing.</returns>
    public static string? Of(FindingPlot plot, ReportColours colours)
    {
        var panels = plot.Panels.Select(panel => Of(panel, colours)).ToList();
        return panels.Any(panel => panel is null)
            ? null

            // The default encoder of JSON escapes <, >, &, quotes and everything that is not ASCII.
            : new JsonObject { ["panels"] = new JsonArray([.. panels]) }.ToJsonString();
    }

    private static JsonObject? Of(PlotPanel panel, ReportColours colours)
    {
        var data = panel.Series switch
        {
            [BarSeries bars] => Bars(bars, colours),
            [RangeSeries ranges] => Ranges(ranges),
            [HeatMapSeries map] => Field(map),
            [TernarySeries ternary] => Triangle(ternary, colours),
            _ when panel.Series.All(series => series is LineSeries line && IsFunction(line)) => Lines(panel, colours),
            _ => null,
        };
        if (data is not null)
        {
            data["title"] = panel.Title;
            data["xAxis"] = Axis(panel.X);
            data["yAxis"] = Axis(panel.Y);
        }

        return data;
    }

    /// <summary>Whether its points go from left to right, none above another.</summary>
    private static bool IsFunction(LineSeries line) =>
        line.Points.All(point => double.IsFinite(point.X))
        && line.Points.Zip(line.Points.Skip(1)).All(pair => pair.First.X < pair.Second.X);

    private static JsonObject Axis(PlotAxis axis) => new()
    {
        ["title"] = axis.Title,
        ["name"] = axis.Name,
        ["scale"] = axis.Scale switch { AxisScale.Log => "log", AxisScale.SymmetricLog => "symlog", _ => "linear" },
        ["ticks"] = axis.Ticks is null ? null : Numbers(axis.Ticks),
        ["whole"] = axis.IsWhole,
        ["zero"] = axis.MarksZero,
        ["from"] = Number(axis.From),
        ["to"] = Number(axis.To),
    };

    private static JsonObject? Lines(PlotPanel panel, ReportColours colours)
    {
        var lines = panel.Series.OfType<LineSeries>().Where(line => line.Points.Count > 0).ToList();
        return lines.Count == 0 ? null : new JsonObject
        {
            ["kind"] = "lines",
            ["series"] = new JsonArray([.. lines.Select(line => Line(line, Hex(colours, line.Hue)))]),
        };
    }

    private static JsonObject Line(LineSeries line, string? colour)
    {
        var data = new JsonObject
        {
            ["name"] = line.Name,
            ["colour"] = colour,
            ["marker"] = line.Marker,
            ["faint"] = line.IsFaint,
            ["whiskers"] = line.HasWhiskers,
            ["weight"] = line.Weight,
            ["x"] = Numbers(line.Points.Select(point => point.X)),
            ["y"] = Numbers(line.Points.Select(point => point.Y)),
        };
        if (line.Points.Any(point => point.Low < point.High))
        {
            data["low"] = Numbers(line.Points.Select(point => point.Low));
            data["high"] = Numbers(line.Points.Select(point => point.High));
        }

        return data;
    }

    private static JsonObject Bars(BarSeries bars, ReportColours colours) => new()
    {
        ["kind"] = "bars",
        ["groups"] = new JsonArray([.. bars.Groups.Select(group => new JsonObject
        {
            ["name"] = group.Name,
            ["rows"] = new JsonArray([.. group.Bars.Select(bar => new JsonObject
            {
                ["name"] = bar.Name,
                ["colour"] = Hex(colours, bar.Hue),
                ["strength"] = bar.Strength,
                ["value"] = Number(bar.Value),
                ["low"] = Number(bar.Low),
                ["high"] = Number(bar.High),
                ["label"] = bar.Label,
            })]),
        })]),
    };

    private static JsonObject Ranges(RangeSeries ranges) => new()
    {
        ["kind"] = "ranges",
        ["sides"] = new JsonArray([.. RangeSeries.Sides.Select(side => new JsonObject
        {
            ["side"] = side.Side.ToString(),
            ["name"] = side.Name,
        })]),
        ["groups"] = new JsonArray([.. ranges.Groups.Select(group => new JsonObject
        {
            ["name"] = group.Name,
            ["threshold"] = Number(group.Threshold),
            ["rows"] = new JsonArray([.. group.Rows.Select(row => new JsonObject
            {
                ["name"] = row.Name,
                ["side"] = row.Side.ToString(),
                ["value"] = Number(row.Value),
                ["low"] = Number(row.Low),
                ["high"] = Number(row.High),
            })]),
        })]),
    };

    private static JsonObject Field(HeatMapSeries map) => new()
    {
        ["kind"] = "field",
        ["columns"] = Numbers(map.Columns),
        ["rows"] = Numbers(map.Rows),
        ["values"] = new JsonArray([.. map.Values.Select(row => Numbers(row))]),
        ["texts"] = new JsonArray([.. map.Values.Select(
            row => new JsonArray([.. row.Select(value => JsonValue.Create(double.IsFinite(value) ? map.Format.Text(value) : ""))]))]),
    };

    private static JsonObject Triangle(TernarySeries ternary, ReportColours colours) => new()
    {
        ["kind"] = "triangle",
        ["corners"] = new JsonArray([.. ternary.Corners.Select(corner => JsonValue.Create(corner))]),
        ["ways"] = new JsonArray([.. ternary.Ways.Select(way => new JsonObject
        {
            ["name"] = way.Name,
            ["colour"] = Hex(colours, way.Hue),
            ["mixtures"] = new JsonArray([.. way.Mixtures.Select(mixture => Numbers(mixture))]),
        })]),
        ["points"] = new JsonArray([.. ternary.Points.Select(point => new JsonObject
        {
            ["mixture"] = Numbers(point.Mixture),
            ["full"] = point.IsFull,
        })]),
    };

    /// <summary>Null for what has the colour of text, which the page's theme gives.</summary>
    private static string? Hex(ReportColours colours, Hue hue)
    {
        var colour = colours[hue];
        return hue == Hue.Ink ? null : $"#{colour.R:X2}{colour.G:X2}{colour.B:X2}";
    }

    private static JsonArray Numbers(IEnumerable<double> values) => new([.. values.Select(value => Number(value))]);

    /// <summary>JSON has no other numbers.</summary>
    private static JsonValue? Number(double? value) => value is { } number && double.IsFinite(number) ? JsonValue.Create(number) : null;
}

/// <summary>A plot as it is on the page.</summary>
/// <param name="Svg">Its picture.</param>
/// <param name="Chart">What a script makes a chart of, as JSON; null: there is only the picture.</param>
internal sealed record DrawnPlot(string Svg, string? Chart);
