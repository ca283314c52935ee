using System.Globalization;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Host.Tests.Watching;

/// <summary>The report of a recorded run in a real browser, with a mouse.</summary>
public sealed class ReportBrowserSpec(Chromium chromium) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_chart_says_its_values_zooms_and_shows_all_again()
    {
        var findings = Reported.Write(_folder.CopyOfGoldenRun());
        await using var page = await OpenAsync();
        var lines = findings.Plots.First(plot => plot.Panels[0].Series.OfType<LineSeries>().Count() > 1);
        var figure = page.Page.Locator($"figure:has(img[alt='{lines.Name}'])");
        var plot = figure.Locator(".u-over");
        await plot.ScrollIntoViewIfNeededAsync();
        var box = (await plot.BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync(box.X + box.Width - 3, box.Y + 5);
        var tip = await page.Page.Locator(".tip").InnerTextAsync();
        foreach (var line in lines.Panels[0].Series.OfType<LineSeries>())
        {
            Assert.Contains(line.Name, tip, StringComparison.Ordinal);
            var shown = double.Parse(line.Points[^1].Y.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            Assert.Contains(shown.ToString(CultureInfo.InvariantCulture), tip, StringComparison.Ordinal);
        }

        await page.Page.Mouse.MoveAsync(5, 5);
        var whole = await PictureAsync();
        await page.Page.Mouse.MoveAsync(box.X + box.Width / 4, box.Y + box.Height / 4);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y + box.Height / 2, new() { Steps = 4 });
        await page.Page.Mouse.UpAsync();
        Assert.NotEqual(whole, await PictureAsync());
        await plot.DblClickAsync();
        await page.Page.Mouse.MoveAsync(5, 5);
        Assert.Equal(whole, await PictureAsync());

        // A line off, and on again.
        var legend = figure.Locator(".legend button").First;
        await legend.ClickAsync();
        Assert.Equal("false", await legend.GetAttributeAsync("aria-pressed"));
        Assert.NotEqual(whole, await PictureAsync());
        await legend.ClickAsync();
        Assert.Equal(whole, await PictureAsync());

        Task<string> PictureAsync() => figure.Locator(".uplot canvas").EvaluateAsync<string>("canvas => canvas.toDataURL()");
    }

    [Fact]
    public async Task Tables_are_sorted_and_every_picture_became_a_chart()
    {
        Reported.Write(_folder.CopyOfGoldenRun());
        await using var page = await OpenAsync();
        Assert.Equal(
            await page.Page.Locator("figure").CountAsync(), await page.Page.Locator("figure.live .chart").CountAsync());
        var table = page.Page.Locator("table").First;
        int column = await table.Locator("th").CountAsync() - 1;
        await table.Locator("th button").Nth(column).ClickAsync();
        Assert.Equal("ascending", await table.Locator("th").Nth(column).GetAttributeAsync("aria-sort"));
        var values = await table.Locator($"td:nth-child({column + 1})")
            .EvaluateAllAsync<double[]>("cells => cells.map(cell => +cell.dataset.value)");
        Assert.Equal(values.Order(), values);
    }

    private async Task<BrowserPage> OpenAsync()
    {
        var page = await chromium.OpenAsync();
        await page.Page.GotoAsync(new Uri(_folder.In("report.html")).AbsoluteUri);
        return page;
    }
}
