using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Tables;
using FLCrowd.Host.Tests.Templates;

namespace FLCrowd.Host.Tests.OtherTools;

/// <summary>What docs/read-the-tables.md shows runs, where the tool is, and says what the tables say.</summary>
[Collection(nameof(ReadersOfRuns))]
public sealed partial class ReadTheTablesSpec(RecordedRuns runs)
{
    private const double Tolerance = 1e-3;

    private static readonly string[] Pythons = ["python3", "/usr/bin/python3"];

    private static string Page =>
        File.ReadAllText(Path.Combine(OutsideProjects.Solution(), "docs", "read-the-tables.md")).ReplaceLineEndings("\n");

    [Theory]
    [InlineData("pandas", "pandas")]
    [InlineData("polars", "polars")]
    [InlineData("Python without packages", "json")]
    public async Task Python_reads_a_run(string section, string module)
    {
        var python = await FindAsync(Pythons.Select(name => (string[])[name, "-c", $"import {module}"]), $"no {module}");
        Agree(section, await RunAsync([python, "-c", Code(section, "python")]));
    }

    [Theory]
    [InlineData("R", "stats")]
    [InlineData("R with data.table and jsonlite", "data.table", "jsonlite")]
    public async Task R_reads_a_run(string section, params string[] packages)
    {
        string asks = string.Concat(packages.Select(package => $"stopifnot(requireNamespace('{package}', quietly = TRUE));"));
        var script = await FindAsync([["Rscript", "-e", asks]], $"no R with {string.Join(" and ", packages)}");
        Agree(section, await RunAsync([script, "-e", Code(section, "r")]));
    }

    [Fact]
    public void DuckDB_reads_a_run()
    {
        // Paths start at the process's own folder there, which is that of all tests.
        var code = Code("DuckDB", "sql").Replace("'runs/", $"'{runs.Folder}/runs/", StringComparison.Ordinal);
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        var said = new List<string>();
        foreach (var statement in code.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            command.CommandText = statement;
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                said.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(index =>
                    Convert.ToString(reader.GetValue(index), CultureInfo.InvariantCulture))));
            }
        }

        Agree("DuckDB", string.Join('\n', said));
    }

    [Fact]
    public void Every_piece_of_code_is_run_by_a_test()
    {
        string[] sections = ["pandas", "polars", "Python without packages", "R", "R with data.table and jsonlite", "DuckDB"];
        Assert.Equal(Fence().Count(Page), sections.Sum(section => Fence().Count(Section(section))));
        Assert.DoesNotContain("```", Section("TensorBoard"), StringComparison.Ordinal);
    }

    /// <summary>The output has every number that is to be there, as far as it is printed.</summary>
    private void Agree(string section, string output)
    {
        var said = Number().Matches(output).Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture)).ToList();
        var record = RunDirectory.Open(runs.Mine).Read();
        var expected = Section(section).Contains("client_updates", StringComparison.Ordinal)
            ? Expected().Append(("client updates", record.ClientUpdates))
            : Expected();
        foreach (var (what, number) in expected)
        {
            Assert.True(
                said.Exists(each => Math.Abs(each - number) <= Tolerance * (1e-3 + Math.Abs(number))),
                $"{section}: {what}, {number}, is not in\n{output}");
        }
    }

    private IEnumerable<(string What, double Number)> Expected()
    {
        var games = CsvRows.Of(runs.Mine, EpisodeTable.Schema)
            .Select(row => (Episode: row[EpisodeTable.Episode], Variant: row.Text("variant"), Seed: row[EpisodeTable.Seed])).ToList();
        var clients = CsvRows.Of(runs.Mine, ClientTable.Schema)
            .Select(row => (Episode: row[ClientTable.Episode], Strategy: row[ClientTable.Strategy], Payoff: row[ClientTable.Payoff]))
            .ToList();
        var rounds = CsvRows.Of(runs.Mine, RoundTable.Schema)
            .Select(row => (Episode: row[RoundTable.Episode], Round: row[RoundTable.Round], Accuracy: row[RoundTable.Accuracy])).ToList();
        foreach (var variant in games.GroupBy(game => game.Variant))
        {
            var bySeed = variant.GroupBy(game => game.Seed, game => game.Episode)
                .Select(seed => (Truthful: Mean(seed, "truthful"), Shirker: Mean(seed, "shirk-labeling"))).ToList();
            Assert.Equal(3, bySeed.Count);
            foreach (var (what, values) in new (string, double[])[]
            {
                ("truthful", [.. bySeed.Select(seed => seed.Truthful)]), ("shirkers", [.. bySeed.Select(seed => seed.Shirker)]),
                ("the difference", [.. bySeed.Select(seed => seed.Shirker - seed.Truthful)]),
            })
            {
                yield return ($"{variant.Key}, {what}: mean", values.Average());
                yield return (
                    $"{variant.Key}, {what}: standard error",
                    Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / 2 / 3));
            }

            var episodes = variant.Select(game => game.Episode).ToHashSet();
            foreach (var round in rounds.Where(row => episodes.Contains(row.Episode)).GroupBy(row => row.Round, row => row.Accuracy))
            {
                yield return ($"{variant.Key}: accuracy in round {round.Key}", round.Average());
            }
        }

        foreach (var gain in CsvRows.Of(runs.Regret, TableOf("regret.csv")).Select(row => row.Number("gain")))
        {
            yield return ("gain", gain);
        }

        double Mean(IEnumerable<int> episodes, string strategy) => clients
            .Where(client => episodes.Contains(client.Episode) && client.Strategy == strategy).Average(client => client.Payoff);
    }

    private static Actors.Tables.TableSchema TableOf(string file) => FLCrowd.Experiments.ExperimentList.BuiltIn.All
        .SelectMany(kind => kind.Tables).First(table => table.File == file);

    private static string Section(string heading) => Page.Split($"\n## {heading}\n")[1].Split("\n## ")[0];

    /// <summary>All pieces of code of a section, one after another.</summary>
    private static string Code(string section, string language)
    {
        var pieces = Fence().Matches(Section(section)).ToList();
        Assert.NotEmpty(pieces);
        Assert.All(pieces, piece => Assert.Equal(language, piece.Groups["language"].Value));
        return string.Join('\n', pieces.Select(piece => piece.Groups["code"].Value));
    }

    /// <summary>The program of the first command that ends well.</summary>
    private async Task<string> FindAsync(IEnumerable<string[]> commands, string missing)
    {
        foreach (var command in commands)
        {
            try
            {
                if ((await StartAsync(command)).ExitCode == 0)
                {
                    return command[0];
                }
            }
            catch (Win32Exception)
            {
                // It is not there.
            }
        }

        Assert.Skip($"{missing} on this machine");
        return "";
    }

    private async Task<string> RunAsync(string[] command)
    {
        var (code, output, error) = await StartAsync(command);
        Assert.True(code == 0, $"{output}\n{error}");
        return output;
    }

    private async Task<(int ExitCode, string Output, string Error)> StartAsync(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = runs.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PYTHONPATH"] = Path.Combine(OutsideProjects.Solution(), "samples", "python");
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var process = Process.Start(start)!;
        var ended = await FlcrowdProcess.EndAsync(process);
        return (ended.ExitCode, ended.Output, ended.Error);
    }

    [GeneratedRegex("```(?<language>\\w+)\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"-?\d+(\.\d+)?([eE][-+]?\d+)?")]
    private static partial Regex Number();
}
