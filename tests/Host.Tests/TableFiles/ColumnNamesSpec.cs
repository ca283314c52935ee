using FLCrowd.Actors.Tables;
using FLCrowd.Experiments;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Runs;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Host.Tests.TableFiles;

/// <summary>What a user calls something is right in all tables that the run writes, or is refused before anything runs.</summary>
public sealed class ColumnNamesSpec : IDisposable
{
    private const string Regret =
        "regret { reports = none, efforts = [0, 1], batch-factors = [1], gammas = [1], replicates = 4, max-replicates = 4 }";

    private readonly TemporaryFolder _folder = new();

    /// <summary>Kinds of experiments that have axes, and what they need.</summary>
    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["sweep"] = "",
        ["regret"] = $"{Regret}, regret.coalitions = [{{ name = all, share = 1, effort = 0 }}]",
        ["dynamics"] = $"dynamics {{ method = best-response, payoffs = exact }}, {Regret}",
        ["population"] = "population { cache = off, strategies { a { strategy = truthful }, b { strategy = free-rider } } }",
    };

    /// <summary>The names of all columns of all tables.</summary>
    private static IReadOnlyList<string> Names { get; } =
    [
        .. ExperimentList.BuiltIn.Tables.SelectMany(table => table.Of(RunColumns.None))
            .Concat(ExperimentList.BuiltIn.PlayColumns.Values.SelectMany(columns => columns))
            .Select(column => column.Name).Append(Sweep.VariantColumn).Distinct(),
    ];

    public static TheoryData<string> KindNames => [.. Kinds.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sweep", "rent", "episodes.csv")]
    [InlineData("sweep", "seed", "episodes.csv")]
    [InlineData("sweep", "Accuracy", "episodes.csv")]
    [InlineData("sweep", "variant", "episodes.csv")]
    [InlineData("regret", "replicate", "episodes.csv")]
    [InlineData("regret", "gain", "regret.csv")]
    [InlineData("population", "profile", "episodes.csv")]
    [InlineData("population", "basin", "rest-points.csv")]
    [InlineData("dynamics", "revision", "episodes.csv")]
    [InlineData("dynamics", "reached", "dynamics.csv")]
    public void An_axis_that_is_called_as_another_column_is_refused_at_once(string kind, string name, string table) => Assert.Equal(
        $"experiment.axes.{name}: is the name of another column of the tables, in {table}; call the axis otherwise",
        Refusal(kind, Axis(name)));

    [Fact]
    public void So_is_a_path_of_the_grid() => Assert.StartsWith(
        "experiment.grid.game: is the name of another column of the tables, in episodes.csv",
        Refusal("sweep", "grid.game = [{ flat.amount = 10 }, { flat.amount = 20 }]"), StringComparison.Ordinal);

    [Theory]
    [InlineData("end")]
    [InlineData("start")]
    [InlineData("payoff")]
    public void So_is_a_strategy_of_a_population(string name) => Assert.StartsWith(
        $"experiment.population.strategies.{name}: is the name of another column of the tables, in re",
        Refusal("population", Strategy(name)), StringComparison.Ordinal);

    [Fact]
    public void So_is_a_strategy_that_is_called_as_an_axis() => Assert.Contains(
        "experiment.axes.steps: is the name of another column", Refusal("population", $"{Axis("steps")}, {Strategy("steps")}"));

    /// <summary>No two columns of a table have one name, so whoever asks for one by its name gets that one.</summary>
    [Theory]
    [MemberData(nameof(KindNames))]
    public void Every_column_name_as_axis_variant_and_strategy_is_refused_or_alone(string kind)
    {
        Assert.True(Names.Count > 60);
        foreach (var name in Names)
        {
            Check(Axis(name));
            Check(Variant(name));
            if (kind == "population")
            {
                Check(Strategy(name));
            }
        }

        void Check(string setting)
        {
            if (Refusal(kind, setting) is { } refusal)
            {
                Assert.Contains("is the name of another column of the tables", refusal);
                return;
            }

            var run = Configured.File(Experiment(kind, setting), null);
            var tables = WrittenTables.Of(run.Configuration, ExperimentList.BuiltIn);
            Assert.Equal(run.Plan.SweptPaths, tables.Columns.Swept.Concat(tables.Columns.Play).Select(column => column.Name));
            Assert.All(tables.Tables, table => Assert.Distinct(table.Of(tables.Columns).Select(column => column.Name.ToUpperInvariant())));
        }
    }

    [Theory]
    [MemberData(nameof(KindNames))]
    public void A_variant_may_be_called_anything(string kind) =>
        Assert.All(Names, name => Assert.Null(Refusal(kind, Variant(name))));

    /// <summary>All that is not refused, at once: the run says the same as one without any of it.</summary>
    [Theory]
    [MemberData(nameof(KindNames))]
    public async Task With_all_other_names_as_axes_the_tables_are_right(string kind)
    {
        var others = Names.Where(name => Refusal(kind, Axis(name)) is null).ToList();
        Assert.NotEmpty(others);
        var plain = await PlayAsync("plain", Experiment(kind, ""));
        var named = await PlayAsync("named", Experiment(kind, string.Join(", ", others.Select(Axis))));
        var tables = WrittenTables.Of(RunDirectory.Open(plain).Read().Configuration, ExperimentList.BuiltIn);
        var columns = WrittenTables.Of(RunDirectory.Open(named).Read().Configuration, ExperimentList.BuiltIn).Columns;
        Assert.All(tables.Tables.Where(table => File.Exists(Path.Combine(plain, table.File))), table =>
        {
            var own = table.Of(tables.Columns);
            Assert.Equal(Fields(plain, table, own), Fields(named, table, own));
            var added = table.Of(columns).Select(column => column.Name).Except(own.Select(column => column.Name)).ToList();
            Assert.All(CsvRows.Of(named, table), row => Assert.All(added, axis => Assert.Equal($"in {axis}", row.Text(axis))));
        });
    }

    private static List<string> Fields(string folder, TableSchema table, IReadOnlyList<Column> columns) =>
        [.. CsvRows.Of(folder, table).Select(row => string.Join('\t', columns.Select(column => row.Text(column.Name))))];

    private async Task<string> PlayAsync(string name, string experiment)
    {
        var (file, folder) = (_folder.In($"{name}.conf"), _folder.In(name));
        await File.WriteAllTextAsync(file, experiment, TestContext.Current.CancellationToken);
        var outcome = await new Laboratory().RunAsync(
            new RunRequest(file) { Out = folder, Threads = 1 }, new QuietObserver(), TestContext.Current.CancellationToken);
        Assert.Equal((RunStatus.Completed, null), (outcome.Record.Status, outcome.Record.Failure));
        return folder;
    }

    private static string? Refusal(string kind, string setting)
    {
        try
        {
            Configured.File(Experiment(kind, setting), null);
            return null;
        }
        catch (SettingException e)
        {
            return e.Message;
        }
    }

    private static string Experiment(string kind, string setting) => $$"""
        flcrowd {
          data.clients = 2
          learning { model = quadratic, step-size = 0.1, rounds = 1 }
          experiment { kind = {{kind}}, {{Kinds[kind]}}
            {{setting}} }
        }
        """;

    private static string Axis(string name) => $"axes {{ \"{name}\" {{ \"in {name}\" {{ }} }} }}";

    private static string Variant(string name) => $"variants {{ \"{name}\" {{ }} }}";

    private static string Strategy(string name) => $"population.strategies {{ \"{name}\" {{ strategy = misreport, gamma = 2 }} }}";
}
