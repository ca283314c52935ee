using FLCrowd.Experiments.Results;
using ScottPlot;

namespace FLCrowd.Host.Rendering;

/// <summary>Mixtures of three, on a triangle.</summary>
internal static class TernaryDrawing
{
    public static Plot Draw(PlotPanel panel, TernarySeries ternary, ReportColours colours)
    {
        var plot = PlotStyle.Create(panel.Title, "", "");
        plot.HideGrid();
        plot.Axes.Left.IsVisible = plot.Axes.Bottom.IsVisible = false;
        var border = plot.Add.Polygon(((double[][])[[1, 0, 0], [0, 1, 0], [0, 0, 1]]).Select(At).ToArray());
        border.FillColor = Colors.Transparent;
        border.LineColor = ReportColours.Faint;

        // A colour for every end before any is drawn: corners first, in their order.
        foreach (var corner in ternary.Corners)
        {
            _ = colours[Hue.Strategy(corner)];
        }

        foreach (var way in ternary.Ways)
        {
            var colour = colours[way.Hue].WithAlpha(.75);
            var points = way.Mixtures.Select(At).ToArray();
            var line = plot.Add.Scatter(points, colour);
            line.LineWidth = 1.2f;
            line.MarkerShape = MarkerShape.None;
            AddArrow(plot, points, colour);
        }

        foreach (var point in ternary.Points)
        {
            var marker = plot.Add.Marker(
                At(point.Mixture), point.IsFull ? MarkerShape.FilledCircle : MarkerShape.OpenCircle, 11, ReportColours.Ink);
            marker.MarkerStyle.LineWidth = 2;
            marker.MarkerStyle.FillColor = point.IsFull ? ReportColours.Ink : Colors.White;
        }

        foreach (var (index, alignment, up) in ((int, Alignment, double)[])[
            (0, Alignment.UpperCenter, -.035), (1, Alignment.UpperCenter, -.035), (2, Alignment.LowerCenter, .03)])
        {
            double[] corner = [0, 0, 0];
            corner[index] = 1;
            PlotStyle.Write(plot, ternary.Corners[index], new Coordinates(At(corner).X, At(corner).Y + up), alignment, ReportColours.Ink,
                size: 15);
        }

        foreach (var way in ternary.Ways.Where(way => way.Name.Length > 0).DistinctBy(way => way.Name))
        {
            plot.Legend.ManualItems.Add(new LegendItem { LabelText = way.Name, LineColor = colours[way.Hue], LineWidth = 2 });
        }

        plot.Axes.SetLimits(-.3, 1.3, -.1, .96);
        plot.Axes.SquareUnits();
        PlotStyle.PlaceLegend(plot, panel.Legend);
        return plot;
    }

    /// <summary>Where the way has gone a third of its length.</summary>
    private static void AddArrow(Plot plot, Coordinates[] points, Color colour)
    {
        double length = 0, whole = points.Zip(points.Skip(1), (from, to) => from.Distance(to)).Sum();
        for (int index = 1; index < points.Length && whole > .03; index++)
        {
            length += points[index - 1].Distance(points[index]);
            if (length >= whole / 3)
            {
                double turn = Math.Atan2(points[index].Y - points[index - 1].Y, points[index].X - points[index - 1].X);
                var head = plot.Add.Polygon(((double[])[0, 2.7, -2.7]).Select(by => by == 0
                    ? points[index]
                    : new Coordinates(points[index].X + .018 * Math.Cos(turn + by), points[index].Y + .018 * Math.Sin(turn + by)))
                        .ToArray());
                head.FillColor = colour;
                head.LineColor = colour;
                return;
            }
        }
    }

    /// <summary>The first is the left corner, the second one the right, the third one the upper.</summary>
    private static Coordinates At(double[] mixture) => new(mixture[1] + mixture[2] / 2, mixture[2] * Math.Sqrt(3) / 2);
}
