using System.Globalization;
using System.Text.Json.Nodes;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Dynamics;
using FLCrowd.Experiments.Regret;
using FLCrowd.Experiments.Tables;
using FLCrowd.Model.Quadratic;

namespace FLCrowd.Host.Tests.Dynamics;

public sealed class DynamicsSpec : IDisposable
{
    private const string Deviations =
        "clients = [0], efforts = [0, 1], batch-factors = [0.0167, 0.1667, 0.3333, 0.6667, 1, 1.3333], gammas = [GAMMAS]";

    /// <summary>Under LCEME by the printed bound, Phi = 1000: the game whose equilibrium is known.</summary>
    private const string Known = $$"""
        flcrowd {
          learning { model = quadratic, step-size = 0.1 }
          game { mechanism = lceme, assignment = 60, lceme.surrogate = theorem1 }
          clients = [{ strategy = truthful, share = 1 }]
          experiment {
            kind = dynamics
            dynamics { method = best-response, payoffs = exact }
            revision.order = round-robin
            regret { reports = none, {{Deviations}}, replicates = 4, max-replicates = 4 }
          }
          execution.evaluate-every = 0
        }
        """;

    private static readonly double[] Gammas = [.. Enumerable.Range(0, 31).Select(step => Math.Round(0.1 * step, 1))];

    private static readonly TrainingProtocol Protocol = new() { Rounds = 100, LocalSteps = 1, StepSize = 0.1 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Best_responses_by_exact_payoffs_end_where_no_action_of_the_grid_gains()
    {
        Write(Known.Replace("GAMMAS", string.Join(", ", Gammas.Select(Text)), StringComparison.Ordinal));
        await PlayAsync("out", "--threads", "2");
        var last = RevisionTable.Read(_folder.In("out"), [])[^1];
        Assert.Equal("fixed point", last.Ending);
        var profile = Actions("out", last.Episode);

        // A few carry the others: 1 to 4 of 10 over draws of the world, with stretched reports where few are left.
        Assert.InRange(profile.Count(action => action.Effort == 1), 1, 4);
        Assert.InRange(profile.Count(action => action is { Effort: 0, Gamma: 0 }), 5, 9);
        var world = World(1);
        for (int client = 0; client < profile.Length; client++)
        {
            double now = Payoff(world, profile, client, profile[client]);
            Assert.All(
                from effort in (double[])[0, 1]
                from size in (int[])[1, 10, 20, 40, 60, 80]
                from gamma in Gammas
                select new ClientAction(effort, size, gamma),
                action => Assert.True(Payoff(world, profile, client, action) <= now + 1e-2, $"client {client} gains by {action}"));
        }
    }

    /// <summary>The regret of the profile reached is not played; where it is, by an experiment of its own, the closed form is in every
    /// interval.</summary>
    [Fact]
    public async Task The_regret_of_exact_payoffs_is_the_closed_form_and_what_games_say()
    {
        const string Asked = """
            efforts = [0, 1], batch-factors = [0.0167, 1], gammas = [0, 1, 1.5]
            coalitions = [{ name = pair, clients = [1, 2], gamma = 1.5, batch-factor = 0.5 }]
            """;
        Write(Known.Replace(
            Deviations, $"clients = [0, 7], {Asked.ReplaceLineEndings(", ").TrimEnd(',', ' ')}", StringComparison.Ordinal));
        var json = await PlayAsync("out", "--set", "learning.rounds=20", "--set", "experiment.dynamics.revisions=12");
        var played = CsvRows.Of(_folder.In("out"), EpisodeTable.Schema)
            .Select(row => (Phase: row.Text("phase"), Deviator: row.Text("deviator"))).ToList();
        Assert.All(played, game => Assert.Equal("", game.Deviator));
        Assert.Equal((4, 4), (played.Count(game => game.Phase == "asked"), played.Count(game => game.Phase == "regret")));
        var exact = Gains("out");
        Assert.Equal(2 * 12, exact.Count);
        Assert.All(exact.Values, gain => Assert.Equal((gain.Gain, gain.Gain), (gain.Low, gain.High)));
        double epsilon = Math.Max(0, exact.Values.Max(gain => gain.Gain));
        Assert.Equal(epsilon, (double)json["dynamics"]![0]!["epsilon"]!);
        Assert.Equal(epsilon, (double)json["dynamics"]![0]!["epsilon_limits"]!["high"]!);

        // What comes of the profile is exact, too, beside what was drawn.
        var ended = Reported.Findings(_folder.In("out")).Tables.First();
        int loss = ended.Columns.ToList().FindIndex(column => column.Name == "exact loss");
        Assert.Equal("test loss", ended.Columns[loss - 1].Name);
        Assert.Contains("±", ended.Text(0, loss - 1), StringComparison.Ordinal);
        Assert.All(
            ended.Columns.Index().Where(column => column.Item.Name.StartsWith("exact", StringComparison.Ordinal)),
            column => Assert.DoesNotContain('±', ended.Text(0, column.Index)));
        var profile = Actions("out", RevisionTable.Read(_folder.In("out"), [])[^1].Episode);
        Assert.Equal(
            World(1).ExpectedLoss(profile, Protocol with { Rounds = 20 }), (double)json["dynamics"]![0]!["expected_loss"]!["mean"]!, 12);

        // By the report of the folder alone.
        var made = File.ReadAllText(_folder.In("out/regret.csv"));
        Assert.Equal(0, (await FlcrowdProcess.RunAsync(_folder.Path, "report", "out")).ExitCode);
        Assert.Equal(made, File.ReadAllText(_folder.In("out/regret.csv")));

        // By games, of the same profile in the same world.
        var reached = Actions("out", RevisionTable.Read(_folder.In("out"), [])[^1].Episode);
        var clients = reached.Select((action, client) => string.Create(CultureInfo.InvariantCulture,
            $"{{ strategy = fixed, ids = [{client}], effort = {action.Effort}, batch-size = {action.BatchSize}, "
            + $"gamma = {action.Gamma} }}"));
        await PlayAsync(
            "games", "--set", "learning.rounds=20", "--set", "experiment.kind=regret", "--set", "experiment.regret.reports=none",
            "--set", $"clients=[{string.Join(", ", clients)}]",
            "--set", "experiment.regret.replicates=8", "--set", "experiment.regret.max-replicates=8");
        var games = Gains("games");
        Assert.Equal(exact.Keys.Order(StringComparer.Ordinal), games.Keys.Order(StringComparer.Ordinal));
        Assert.All(games, game => Assert.InRange(exact[game.Key].Gain, game.Value.Low - 1e-3, game.Value.High + 1e-3));
        var (pair, joint) = (Coalition("out"), Coalition("games"));
        Assert.Equal(4, pair.Count);
        Assert.All(joint, row => Assert.InRange(pair[row.Key].Gain, row.Value.Low - 1e-3, row.Value.High + 1e-3));

        Dictionary<string, (double Gain, double Low, double High)> Gains(string folder) =>
            CsvRows.Of(_folder.In(folder), GainTable.Schema).ToDictionary(
                row => string.Join(' ', ((string[])["client", "effort", "batch_factor", "gamma"]).Select(row.Text)),
                row => (Number(row, "gain"), Number(row, "low"), Number(row, "high")));

        Dictionary<string, (double Gain, double Low, double High)> Coalition(string folder) =>
            CsvRows.Of(_folder.In(folder), CoalitionTable.Schema)
                .ToDictionary(row => row.Text("who"), row => (Number(row, "gain"), Number(row, "low"), Number(row, "high")));

        static double Number(TableRow row, string column) => double.Parse(row.Text(column), CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Between_the_points_of_the_grid_there_is_nothing_better_either()
    {
        Write(Known.Replace("GAMMAS", "0, 1", StringComparison.Ordinal));
        await PlayAsync("out", "--set", "experiment.dynamics.search=continuous", "--seed", "4");
        var last = RevisionTable.Read(_folder.In("out"), [])[^1];
        Assert.Equal("fixed point", last.Ending);
        var (profile, world) = (Actions("out", last.Episode), World(4));
        for (int client = 0; client < profile.Length; client++)
        {
            double now = Payoff(world, profile, client, profile[client]);
            var random = new Seed((ulong)client).ToRandom();
            for (int attempt = 0; attempt < 3000; attempt++)
            {
                var action = new ClientAction(random.NextDouble(), (int)Math.Exp(random.NextDouble() * 5), 2 * random.NextDouble());
                Assert.True(Payoff(world, profile, client, action) <= now + 0.05, $"client {client} gains by {action}");
            }
        }
    }

    [Fact]
    public async Task Where_all_respond_at_once_they_go_round_in_circles()
    {
        Write(Known.Replace("GAMMAS", "0, 1", StringComparison.Ordinal));
        var json = await PlayAsync("out", "--set", "experiment.revision.order=simultaneous");
        Assert.Matches("^cycle of [0-9]+$", (string)json["dynamics"]![0]!["ending"]!);
        int period = int.Parse(((string)json["dynamics"]![0]!["ending"]!).Split(' ')[^1], CultureInfo.InvariantCulture);
        var rows = RevisionTable.Read(_folder.In("out"), []);
        Assert.Equal(rows[^1].Profile, rows[^(1 + period)].Profile);
    }

    [Fact]
    public async Task Played_responses_under_flat_pay_are_free_rides_and_nothing_is_to_be_gained_then()
    {
        Write("""
            flcrowd {
              learning { model = quadratic, step-size = 0.1, rounds = 5 }
              game { assignment = 60 }
              clients = [{ strategy = truthful, count = 2 }, { strategy = shirk-labeling, count = 1 }]
              data.clients = 3
              experiment {
                kind = dynamics
                variants { "flat" {}, "more" { game.flat.amount = 90 } }
                dynamics.method = best-response
                regret { reports = none, batch-factors = [0.02, 1], gammas = [0, 1], replicates = 4, max-replicates = 4 }
              }
            }
            """);
        var json = await PlayAsync("one", "--threads", "1");
        await PlayAsync("two", "--threads", "2");
        foreach (var table in (string[])["episodes.csv", "rounds.csv", "clients.csv", "regret.csv", "dynamics.csv"])
        {
            Assert.Equal(File.ReadAllText(_folder.In($"one/{table}")), File.ReadAllText(_folder.In($"two/{table}")));
        }

        Assert.Equal(["flat", "more"], json["dynamics"]!.AsArray().Select(block => (string)block!["swept"]!["variant"]!));
        Assert.All(json["dynamics"]!.AsArray(), block =>
        {
            // Gamma is free of cost, and of pay: the first of equally good deviations.
            Assert.Equal(
                ("fixed point", "3 x (0, 1, 0)", 0.0), ((string)block!["ending"]!, (string)block["reached"]!, (double)block["epsilon"]!));
            Assert.Equal(1, (int)block["revisions"]!);
        });
        var first = RevisionTable.Read(_folder.In("one"), ["variant"]).Where(row => row.Cell[0] == "flat").ToList();
        Assert.Equal([(0, "2 x (1, 60, 1), 1 x (0, 60, 1)"), (3, "3 x (0, 1, 0)")], first.Select(row => (row.Changed, row.Profile)));
        Assert.Equal(20 + 5 * 0.001 * 59, first[1].Gain!.Value, 9); // the truthful ones gain the most

        var again = await FlcrowdProcess.RunAsync(_folder.Path, "report", "two");
        Assert.Equal((0, ""), (again.ExitCode, again.Error));
        Assert.Contains("Where the clients ended", again.Output, StringComparison.Ordinal);
        Assert.True(new FileInfo(_folder.In("two/plots/effort.png")).Length > 5000);
    }

    [Fact]
    public async Task Clients_that_learn_are_judged_by_what_they_do_most_at_the_end()
    {
        Write("""
            flcrowd {
              learning { model = quadratic, step-size = 0.1, rounds = 5 }
              game { assignment = 60 }
              clients = [
                { strategy = truthful, count = 2 }
                { strategy = mixed, count = 1, strategies = [{ strategy = truthful, weight = 2 }, { strategy = free-rider }] }
              ]
              data.clients = 3
              experiment {
                kind = dynamics
                episodes = 40
                dynamics.settled = 15
                regret { reports = none, clients = all, batch-factors = [0.02, 1], gammas = [1], replicates = 4, max-replicates = 4 }
              }
            }
            """);
        var json = await PlayAsync("out");
        var end = json["dynamics"]![0]!;
        Assert.Equal(
            ("steady, 1 still trying", "3 x (1, 60, 1)", 39), ((string)end["ending"]!, (string)end["reached"]!, (int)end["revisions"]!));
        Assert.Equal(20 + 5 * 0.001 * 59, (double)end["epsilon"]!, 9);
        Assert.Equal(40, RevisionTable.Read(_folder.In("out"), []).Count);
    }

    [Theory]
    [InlineData("learning.model=softmax",
        "experiment.dynamics.payoffs: is exact, but the model 'softmax' has no expected loss in closed form")]
    [InlineData("game.floor=0", "experiment.dynamics.payoffs: is exact, but it needs game.payoff-basis = expected and game.floor = none")]
    [InlineData("learning.aggregator=median",
        "experiment.dynamics.payoffs: is exact, but the closed form is that of the aggregator mean, not of 'median'")]
    [InlineData("game.mechanism=shapley",
        "experiment.dynamics.payoffs: is exact, but the mechanism 'shapley' does not pay by a line in the final test loss alone")]
    [InlineData("game.mechanism=leave-one-out", "the mechanism 'leave-one-out' does not pay by a line in the final test loss alone")]
    public async Task Exact_payoffs_that_do_not_exist_are_refused_and_leave_nothing(string setting, string message)
    {
        Write(Known.Replace("GAMMAS", "0, 1", StringComparison.Ordinal));
        var run = await FlcrowdProcess.RunAsync(
            _folder.Path, "run", "known.conf", "--out", "out", "--set", setting, "--set", "learning.rounds=2");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.In("out")));
    }

    [Theory]
    [InlineData("learning.aggregator", "mean, median", "not of 'median'")]
    [InlineData("game.mechanism", "lceme, \"sample/target-bonus\"",
        "the mechanism 'sample/target-bonus' does not pay by a line in the final test loss alone")]
    public async Task Where_one_cell_has_no_exact_payoffs_the_others_are_not_played(string setting, string values, string message)
    {
        Write(Known.Replace("GAMMAS", "0, 1", StringComparison.Ordinal)
            .Replace("kind = dynamics", $"kind = dynamics, grid {{ \"{setting}\" = [{values}] }}", StringComparison.Ordinal));
        var run = await FlcrowdProcess.RunAsync(
            _folder.Path, "run", "known.conf", "--out", "out", "--set", "learning.rounds=2", "--plugin", Loading.PluginFiles.SampleDll);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("revision", run.Output + run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.In("out")));
    }

    private void Write(string configuration) => File.WriteAllText(_folder.In("known.conf"), configuration);

    private async Task<JsonObject> PlayAsync(string folder, params string[] arguments)
    {
        var run = await FlcrowdProcess.RunAsync(_folder.Path, ["run", "known.conf", "--out", folder, "--json", .. arguments]);
        Assert.True(run.ExitCode == 0, run.Error);
        return (JsonObject)JsonNode.Parse(run.Output)!;
    }

    private ClientAction[] Actions(string folder, int episode) =>
    [
        .. CsvRows.Of(_folder.In(folder), ClientTable.Schema)
            .Where(row => row[ClientTable.Episode] == episode)
            .Select(row => new ClientAction(row[ClientTable.Effort], row[ClientTable.BatchSize], row[ClientTable.Gamma])),
    ];

    /// <summary>The payoff up to what no action changes, by the closed form.</summary>
    private static double Payoff(QuadraticWorld world, ClientAction[] profile, int client, ClientAction action)
    {
        ClientAction[] played = [.. profile];
        played[client] = action;
        return (-1000 * world.ExpectedLoss(played, Protocol)) - (20 * action.Effort) - (0.1 * action.BatchSize);
    }

    private static QuadraticWorld World(ulong seed)
    {
        var game = Configured.Run($"seed={seed}").Plan.Games[0];
        return QuadraticWorld.Create(new QuadraticOptions(), new LearningSetup(() => throw new InvalidOperationException())
        {
            Seed = new Seed(game.Seed),
            Weights = [.. Enumerable.Repeat(0.1, 10)],
            Partition = game.Learning.Partition,
        });
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
