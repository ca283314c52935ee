using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(FLCrowd.Host.Tests.Watching.Chromium))]

namespace FLCrowd.Host.Tests.Watching;

/// <summary>The machine's browser, started by the first test that needs it.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Places =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];

    private readonly SemaphoreSlim _starting = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A page of its own, with nothing kept from others; what its scripts throw fails
    /// <see cref="BrowserPage.DisposeAsync"/>.</summary>
    internal async Task<BrowserPage> OpenAsync(bool isDark = false, int width = 1400)
    {
        var program = Environment.GetEnvironmentVariable("CHROMIUM") ?? Places.FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "no chromium");
        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox"] });
        }
        finally
        {
            _starting.Release();
        }

        var context = await _browser.NewContextAsync(new()
        {
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = width, Height = 900 },
        });
        return new BrowserPage(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _playwright?.Dispose();
        _starting.Dispose();
    }
}

/// <summary>A page of the browser.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private readonly List<string> _errors = [];

    public BrowserPage(IBrowserContext context, IPage page)
    {
        (Context, Page) = (context, page);
        page.PageError += (_, error) => _errors.Add(error);
        page.Dialog += (_, dialog) => _errors.Add($"a dialog: {dialog.Message}");
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>Waits until an expression is true.</summary>
    public Task UntilAsync(string expression) => Page.WaitForFunctionAsync(expression, null, new() { Timeout = 60_000 });

    /// <summary>The colour in the middle of a client's cell.</summary>
    public async Task<(int Red, int Green, int Blue)> ColourAsync(int cell)
    {
        int[] colour = await Page.EvaluateAsync<int[]>($$"""
            () => {
              const canvas = document.getElementById("cells");
              const [x, y] = canvas.cellAt({{cell}}).map(part => Math.round(part * devicePixelRatio));
              return [...canvas.getContext("2d").getImageData(x, y, 1, 1).data].slice(0, 3);
            }
            """);
        return (colour[0], colour[1], colour[2]);
    }

    /// <summary>The last value of every line of a chart, by name.</summary>
    public async Task<Dictionary<string, double>> EndsAsync(string chart)
    {
        var ends = await Page.EvaluateAsync<System.Text.Json.JsonElement>(
            $"() => document.querySelector('[data-chart^=\"{chart}\"]').lines.map(line => [line.name, line.y[line.y.length - 1]])");
        return ends.EnumerateArray().ToDictionary(line => line[0].GetString()!, line => line[1].GetDouble());
    }

    public async ValueTask DisposeAsync()
    {
        await Context.DisposeAsync();
        Assert.Empty(_errors);
    }
}
