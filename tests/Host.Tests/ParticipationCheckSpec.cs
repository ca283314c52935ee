using FLCrowd.Experiments.Games;

namespace FLCrowd.Host.Tests;

/// <summary>Whether taking part pays for itself: what clients are worth, measured, and games without those who are not.</summary>
public sealed class ParticipationCheckSpec : IDisposable
{
    /// <summary>Training that ends where it would end, with next to no noise; client 2 labels at a cost that it is not worth.</summary>
    private const string Quadratic = """
        flcrowd {
          data.clients = 4
          learning { model = quadratic, step-size = 0.5, rounds = 40, quadratic.noise = 0.001 }
          game {
            mechanism = lceme, assignment = 60, labeling-cost = [20, 20, 1000000, 20]
            lceme { surrogate = pilot, surrogate-options { seeds = 8, force = true, worth = always } }
          }
          execution.evaluate-every = 0
        }
        """;

    /// <summary>Phi = .1 * 3600 / .36 = 1000; doing as asked costs 26.</summary>
    private const string Given = """
        flcrowd {
          data.clients = 3
          learning { model = quadratic, step-size = 0.1 }
          game {
            mechanism = lceme, assignment = 60, payoff-basis = bound
            lceme { ask = worthwhile, surrogate = given, surrogate-options {
              batch-slope = [0.36], effort-slope = [0.1], truthful-loss = 0.5, worth = [0.03, 0.02, 0.03] } }
          }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Without client i the mean of the others' optima is a_i / (N - 1) off: o_i = d_i / (N - 1)^2 for clients of equal
    /// weight.</summary>
    [Fact]
    public async Task What_clients_are_worth_is_what_the_closed_form_says()
    {
        var game = (await Played.FileAsync(Quadratic)).Plan.Games[0];
        using var parts = GameParts.Of(game, Configured.Catalog);
        var far = parts.Constants([60, 60, 60, 60]).Heterogeneity;
        var surrogate = game.Incentive.Surrogate!;
        Assert.All(Enumerable.Range(0, 4), client =>
        {
            Assert.InRange(surrogate.Errors!.Worth![client], 1e-9, far[client] / 90);
            Assert.Equal(far[client] / 9, surrogate.Worth![client], 5 * surrogate.Errors.Worth[client]);
        });
        Assert.Equal(4, surrogate.Worth!.Values.Distinct().Count());
    }

    [Fact]
    public async Task Who_is_not_worth_it_is_named_and_where_wanted_left_out_of_game_and_terms()
    {
        var all = await Played.FileAsync(Quadratic);
        Assert.Contains(all.Warnings, warning => warning.StartsWith("client 2 is better off staying away", StringComparison.Ordinal));
        Assert.Equal(1_000_000, all.Episodes[0].Clients.ElementAt(2).Cost, 10.0);

        var some = await Played.FileAsync(Quadratic, "game.lceme.ask=worthwhile");
        var (before, after) = (all.Plan.Games[0].Incentive.Surrogate!, some.Plan.Games[0].Incentive.Surrogate!);
        Assert.Equal([2], after.NotAsked);
        Assert.Contains(some.Warnings, warning => warning.StartsWith("client 2 is not asked to take part", StringComparison.Ordinal));

        // Made again: the level is the loss without it, which the first one measured, and the others' slopes are those beside fewer.
        Assert.Equal(before.TruthfulLoss([60, 60, 60, 60]) + before.Worth![2], after.TruthfulLoss([60, 60, 1, 60]), 1e-9);
        Assert.Equal(0, after.BatchSlope[2]);
        Assert.True(after.BatchSlope[0] > before.BatchSlope[0] && after.EffortSlope[0] > before.EffortSlope[0]);

        var episode = some.Episodes[0];
        var left = episode.Clients.Single(client => client.Client == 2);
        Assert.Equal((0.0, 0.0, 0.0), (left.Reward, left.Cost, left.Action!.Value.Attendance));
        Assert.Equal(after.TruthfulLoss([60, 60, 1, 60]), episode.Result.PaidLoss!.Value, 1e-4);
        Assert.All(episode.Clients.Where(client => client.Client != 2), client => Assert.NotEqual(0, client.Reward));
    }

    [Fact]
    public async Task Theory_says_who_is_left_out_and_how_sure_the_terms_are()
    {
        File.WriteAllText(_folder.In("quadratic.conf"), Quadratic);
        var all = await FlcrowdProcess.RunAsync(_folder.Path, ["theory", "quadratic.conf"]);
        Assert.Equal((0, ""), (all.ExitCode, all.Error));
        Assert.Contains("How sure these terms are", all.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n *2 .* no *\n", all.Output);
        Assert.Matches(@"\n *3 .* yes *\n", all.Output);
        var some = await FlcrowdProcess.RunAsync(_folder.Path, ["theory", "quadratic.conf", "--set", "game.lceme.ask=worthwhile"]);
        Assert.Equal((0, ""), (some.ExitCode, some.Error));
        Assert.Contains("not asked to take part: 2", some.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\n *2 .* no *\n", some.Output);
    }

    /// <summary>By the bound doing as asked pays exactly its cost, and who is not asked has neither.</summary>
    [Fact]
    public async Task By_the_bound_all_get_their_costs_with_some_left_out()
    {
        var episode = (await Played.FileAsync(Given)).Episodes[0];
        Assert.Equal([26, 0, 26], episode.Clients.Select(client => Math.Round(client.Reward, 9)));
        Assert.All(episode.Clients, client => Assert.Equal(client.Cost, client.Reward, 1e-9));
        Assert.Equal(0.52, episode.Result.PaidLoss!.Value, 1e-12);

        // Labeling and computing for nothing is no way to gain.
        var eager = (await Played.FileAsync(
            Given,
            "clients=[{ strategy = fixed, effort = 1, batch-size = 60, attendance = 1, ids = [1] }, { strategy = truthful, share = 1 }]"))
            .Episodes[0];
        Assert.Equal((0.0, 20.0), (eager.Clients.ElementAt(1).Reward, eager.Clients.ElementAt(1).Cost));
    }

    [Fact]
    public async Task The_table_of_terms_has_margins_and_their_errors()
    {
        File.WriteAllText(_folder.In("quadratic.conf"), Quadratic);
        Assert.Equal(0, (await FlcrowdProcess.RunAsync(
            _folder.Path, ["run", "quadratic.conf", "--out", "out", "--set", "game.lceme.ask=worthwhile"])).ExitCode);
        string[][] rows = [.. File.ReadAllLines(_folder.In("out/terms.csv")).Select(line => line.Split(','))];
        string Of(int client, string column) => rows[client + 1][Array.IndexOf(rows[0], column)];
        Assert.Equal(("0", "", "", "0"), (Of(2, "takes_part"), Of(2, "worth"), Of(2, "participation_margin"), Of(2, "loss_slope")));
        double Number(string column) => double.Parse(Of(0, column), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal("1", Of(0, "takes_part"));
        Assert.Equal(
            Number("loss_slope") * Number("worth") - 20 - 40 * 0.001 * 60, Number("participation_margin"), 1e-6 * Number("loss_slope"));
        Assert.True(Number("participation_margin_error") > 0 && Number("loss_slope_error") > 0 && Number("epsilon") > 0);
    }

    [Fact]
    public async Task A_surrogate_that_cannot_leave_clients_out_is_refused()
    {
        var catalog = PluginCatalog.Of(new FLCrowd.Model.ModelPlugin(), new Strategies.StrategiesPlugin());
        catalog.AddSurrogate<NoOptions>("test/all", "Knows all clients only.", _ => new All());
        var error = await Assert.ThrowsAsync<SettingException>(() => Played.FileAsync(
            catalog, "", "learning.model=quadratic", "data.clients=4", "game.mechanism=lceme", "game.lceme.surrogate=test/all",
            "game.lceme.ask=worthwhile"));
        Assert.Contains("cannot say what the loss is without some of the clients", error.Message, StringComparison.Ordinal);
    }

    private sealed class NoOptions;

    private sealed class All : ILossSurrogateSource
    {
        public Task<LossSurrogate> FitAsync(SurrogateSetup setup, CancellationToken cancel) => Task.FromResult(new LossSurrogate
        {
            Name = "all",
            Constant = 1,
            MinimalLoss = 0,
            BatchSlope = 1,
            EffortSlope = 1,
            ReportCurvature = 1,
            Worth = new PerClient([1, 1, 0, 1]),
        });
    }
}
