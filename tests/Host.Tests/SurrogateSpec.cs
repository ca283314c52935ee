using System.Globalization;
using System.Text.RegularExpressions;

namespace FLCrowd.Host.Tests;

public sealed class SurrogateSpec : IDisposable
{
    private const string PrintedExample = """
        flcrowd {
          learning { model = quadratic, step-size = 0.1 }
          game {
            mechanism = lceme, assignment = 19
            lceme { surrogate = given, as-printed = true
              surrogate-options { batch-slope = [1.8], effort-slope = [0.1], report-curvature = [0.2], constant = 0 } }
          }
          clients = [{ strategy = shirk-labeling, count = 1 }, { strategy = truthful, share = 1 }]
        }
        """;

    private static readonly string[] Pilot =
    [
        "run", "quadratic", "--set", "game.mechanism=lceme", "--set", "learning.rounds=20", "--set", "experiment.seeds=1",
        "--set", "game.lceme.surrogate-options={seeds=4,force=true}",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_pilot_is_played_before_the_games_and_its_bits_do_not_depend_on_threads()
    {
        Assert.Equal(0, (await Run([.. Pilot, "--out", "one", "--threads", "1"])).ExitCode);
        Assert.Equal(0, (await Run([.. Pilot, "--out", "two", "--threads", "2"])).ExitCode);
        foreach (var table in (string[])["episodes.csv", "clients.csv"])
        {
            Assert.Equal(File.ReadAllText(_folder.In($"one/{table}")), File.ReadAllText(_folder.In($"two/{table}")));
        }

        var truthful = Clients("one").First(client => client["strategy"] == "truthful");
        Assert.Equal(0, Number(truthful, "u_hat"), 1e-9); // Theorem 2: pay covers cost when all do what they are asked
        var shirker = Clients("one").First(client => client["strategy"] == "shirk-labeling");
        Assert.True(Number(shirker, "u_hat") < 0);
    }

    [Fact]
    public async Task As_printed_lceme_pays_a_shirker_by_its_own_surrogate()
    {
        File.WriteAllText(_folder.In("printed.conf"), PrintedExample);
        Assert.Equal(0, (await Run(["run", "printed.conf", "--out", "out"])).ExitCode);
        var clients = Clients("out");
        Assert.Equal(17.99, Number(clients[0], "u_hat") - Number(clients[1], "u_hat"), 0.01);
    }

    [Fact]
    public async Task Theory_shows_printed_beside_corrected()
    {
        File.WriteAllText(_folder.In("printed.conf"), PrintedExample);
        var run = await Run(["theory", "printed.conf"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"corrected +0\.1 +1\.8 +0\.1 +60 +61 +19 ", run.Output);
        Assert.Matches(@"as printed +0\.1 +1\.8 +0\.1 +18\.97 +19 +19 .* 17\.99", run.Output);
    }

    [Theory]
    [InlineData("theorem1", "The constants that the surrogate theorem1 is made of", @"7\.5", "A ")]
    [InlineData("corrected", "The constants that the surrogate corrected is made of", @"7\.5", "r^T ")]
    [InlineData("given", "The model's constants; the surrogate given uses none of them", @"[\d.]+", "A ")]
    public async Task Theory_shows_every_constant_that_the_terms_are_made_of(
        string surrogate, string title, string given, string derived)
    {
        // Given constants take the place of the model's: those are shown that are used.
        var options = surrogate == "given"
            ? "batch-slope = [0.36], effort-slope = [1], report-curvature = [1], constant = 0.3"
            : "label-noise = 7.5";
        File.WriteAllText(_folder.In("constants.conf"), $$"""
            flcrowd {
              learning { model = quadratic, step-size = 0.1 }
              game { mechanism = lceme, assignment = 60, lceme { surrogate = {{surrogate}}, surrogate-options { {{options}} } } }
            }
            """);
        var run = await Run(["theory", "constants.conf"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(title, run.Output, StringComparison.Ordinal);
        Assert.Matches($@"\n +beta +label-noise variance of a gradient +{given} +\(loss per", run.Output);
        Assert.All(
            (string[])[
                "L ", "mu ", "sigma_i^2 ", "G^2 ", "d_i ", "F* ", "|w0 - w*|^2 ", "1/(2L) ", derived, "T ", "H ", "h ", "eta ", "c_l ",
                "c_p ", "c ", "lambda ", "C ",
            ],
            symbol => Assert.Matches($@"\n +{Regex.Escape(symbol)} *\S", run.Output));
        Assert.Matches(@"clients +a +b +q +loss as asked +v +v_D +v_e", run.Output);
    }

    [Fact]
    public async Task A_bound_of_a_model_without_its_constants_is_refused_and_leaves_nothing()
    {
        var run = await Run(["run", "cnn", "--set", "game.mechanism=lceme", "--set", "game.lceme.surrogate=theorem1", "--out", "out"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("the model 'cnn' is not known to be smooth and strongly convex", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.In("out")));
    }

    private Task<FlcrowdProcess> Run(params string[] arguments) => FlcrowdProcess.RunAsync(_folder.Path, arguments);

    private List<Dictionary<string, string>> Clients(string run)
    {
        var lines = File.ReadAllLines(_folder.In($"{run}/clients.csv"));
        var names = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => names.Zip(line.Split(',')).ToDictionary(field => field.First, field => field.Second))];
    }

    private static double Number(Dictionary<string, string> row, string column) => double.Parse(row[column], CultureInfo.InvariantCulture);
}
