using MathNet.Numerics.Distributions;

namespace FLCrowd.Strategies.Tests.Surrogates;

public class PilotSpec
{
    private static int[] BatchSizes { get; } = [60, 60, 60, 60];

    [Fact]
    public async Task Recovers_the_coefficients_of_a_crowd_without_noise()
    {
        var crowd = new SyntheticCrowd
        {
            BatchSlope = [0.2, 0.2, 0.5, 0.5],
            EffortSlope = [0.1, 0.1, 0.3, 0.3],
            Curvature = [0.01, 0.01, 0.02, 0.02],
        };
        var fit = await FitAsync(crowd, weights: [0.2, 0.2, 0.3, 0.3]);
        Assert.Equal(crowd.BatchSlope, fit.BatchSlope.Values, Near(1e-9));
        Assert.Equal(crowd.EffortSlope, fit.EffortSlope.Values, Near(1e-9));
        Assert.Equal(crowd.Curvature, fit.ReportCurvature.Values, Near(1e-9));
        Assert.Equal(crowd.Loss(BatchSizes), fit.TruthfulLoss(BatchSizes), 1e-9);
        Assert.Equal(0, fit.MinimalLoss);
        Assert.Equal(1, fit.Client(0).Norm(new ClientAction(0.5, 3, 2)));
        Assert.Empty(fit.Warnings);
    }

    [Fact]
    public async Task Equal_clients_share_one_value_and_are_measured_apart_when_asked()
    {
        var crowd = new SyntheticCrowd { BatchSlope = [0.1, 0.2, 0.3, 0.4], EffortSlope = [0.1, 0.2, 0.3, 0.4] };
        var alike = await FitAsync(crowd);
        Assert.Equal([0.25], alike.BatchSlope.Values, Near(1e-9));

        // Another client deviates on each seed: eight seeds are two turns of four clients.
        Assert.Equal([0.25], alike.EffortSlope.Values, Near(1e-9));
        var apart = await FitAsync(crowd, options: """{ "seeds": 8, "per-client": true }""");
        Assert.Equal(crowd.BatchSlope, apart.BatchSlope.Values, Near(1e-9));
        Assert.Equal(crowd.EffortSlope, apart.EffortSlope.Values, Near(1e-9));
    }

    [Fact]
    public async Task Clients_of_different_kinds_are_measured_apart()
    {
        var crowd = new SyntheticCrowd { BatchSlope = [0.1, 0.2, 0.3, 0.4], EffortSlope = [0.1, 0.2, 0.3, 0.4] };
        var fit = await FitAsync(crowd, kinds: [0, 1, 0, 1]);
        Assert.Equal([0.2, 0.3, 0.2, 0.3], fit.BatchSlope.Values, Near(1e-9));
        Assert.Equal([0.2, 0.3, 0.2, 0.3], fit.EffortSlope.Values, Near(1e-9));
    }

    [Fact]
    public async Task Standard_errors_are_calibrated()
    {
        const int Pilots = 600, Seeds = 12;
        var crowd = new SyntheticCrowd { Noise = 0.004, Curvature = [0.05, 0.05, 0.05, 0.05] };
        double quantile = StudentT.InvCDF(0, 1, Seeds - 1, 0.975);
        int[] covered = new int[4];
        for (int pilot = 0; pilot < Pilots; pilot++)
        {
            var fit = await FitAsync(crowd, options: $$"""{ "seeds": {{Seeds}}, "force": true }""", seed: new Seed((ulong)pilot));
            Cover(0, fit.BatchSlope[0] - crowd.BatchSlope[0], fit.Errors!.BatchSlope[0]);
            Cover(1, fit.EffortSlope[0] - crowd.EffortSlope[0], fit.Errors.EffortSlope[0]);
            Cover(2, fit.ReportCurvature[0] - crowd.Curvature[0], fit.Errors.ReportCurvature[0]);
            Cover(3, fit.TruthfulLoss(BatchSizes) - crowd.Loss(BatchSizes), fit.Errors.TruthfulLoss);
        }

        // 95% give or take four standard deviations of a share of 600.
        TestContext.Current.TestOutputHelper?.WriteLine($"covered of {Pilots}: {string.Join(", ", covered)}");
        Assert.All(covered, count => Assert.InRange(count / (double)Pilots, 0.915, 0.985));

        void Cover(int coefficient, double miss, double error) => covered[coefficient] += Math.Abs(miss) <= quantile * error ? 1 : 0;
    }

    [Fact]
    public async Task Varies_batches_together_and_one_client_at_a_time_on_paired_seeds()
    {
        var crowd = new SyntheticCrowd();
        await FitAsync(crowd, options: """{ "seeds": 5 }""");
        var episodes = crowd.Played!;
        Assert.Equal((1 + 3 + 2 + 4) * 5, episodes.Count);
        for (int first = 0; first < episodes.Count; first += 5)
        {
            Assert.Equal(episodes.Take(5).Select(episode => episode.Seed), episodes.Skip(first).Take(5).Select(episode => episode.Seed));
        }

        Assert.Equal(5, episodes.Select(episode => episode.Seed).Distinct().Count());
        int[] changed = [.. episodes.Select(episode => episode.Actions.Count(action => action != new ClientAction(1, 60, 1)))];
        Assert.Equal([.. Enumerable.Repeat(0, 5), .. Enumerable.Repeat(4, 15), .. Enumerable.Repeat(1, 30)], changed);
        Assert.Equal([15, 30, 120], episodes.Skip(5).Take(15).Select(episode => episode.Actions[0].BatchSize).Distinct());
        Assert.Equal([0, 1, 2, 3, 0],
            episodes.Skip(20).Take(5).Select(episode => episode.Actions.Index().First(entry => entry.Item.Effort == 0).Index));
    }

    [Fact]
    public async Task Refuses_a_fit_that_is_mostly_noise_unless_forced()
    {
        var crowd = new SyntheticCrowd { Noise = 0.03 };
        string refused = await Game.SettingErrorAsync(() => FitAsync(crowd));
        Assert.StartsWith("game.lceme.surrogate-options: the pilot measured a of clients 0-3 as ", refused, StringComparison.Ordinal);
        Assert.EndsWith("raise seeds, or take it as it is with force = true", refused, StringComparison.Ordinal);
        var forced = await FitAsync(crowd, options: """{ "seeds": 8, "force": true }""");
        Assert.Contains(forced.Warnings, warning => warning.EndsWith("and was forced", StringComparison.Ordinal));

        // Force cannot help where there is no effect: pay would be divided by it.
        Assert.Contains("no effect to pay by", await Game.SettingErrorAsync(
            () => FitAsync(new SyntheticCrowd { BatchSlope = [0, 0, 0, 0] }, options: """{ "force": true }""")), StringComparison.Ordinal);
        Assert.Contains("b of clients 0-3", await Game.SettingErrorAsync(
            () => FitAsync(new SyntheticCrowd { EffortSlope = [0, 0, 0, 0] })), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_when_gamma_1_is_no_stationary_point()
    {
        var fit = await FitAsync(new SyntheticCrowd { GammaSlope = -0.01, Curvature = [0.02, 0.02, 0.02, 0.02] });
        Assert.Contains("per unit of gamma at gamma = 1", Assert.Single(fit.Warnings), StringComparison.Ordinal);
        Assert.Equal(0.02, fit.ReportCurvature[0], 1e-9);

        var harmless = await FitAsync(new SyntheticCrowd { Curvature = [-0.02, -0.02, -0.02, -0.02] });
        Assert.Equal(0, harmless.ReportCurvature[0]);
        Assert.Contains("below 0", Assert.Single(harmless.Warnings), StringComparison.Ordinal);
    }

    /// <summary>One warning in about twenty pilots of a crowd whose slopes in gamma are all 0, however many groups it has.</summary>
    [Fact]
    public async Task Many_groups_do_not_make_false_alarms()
    {
        const int Pilots = 600;
        var crowd = new SyntheticCrowd { Noise = 0.002, Curvature = [0.05, 0.05, 0.05, 0.05] };
        int alarms = 0;
        for (int pilot = 0; pilot < Pilots; pilot++)
        {
            var fit = await FitAsync(crowd, options: """{ "seeds": 8, "per-client": true, "force": true }""", seed: new Seed((ulong)pilot));
            alarms += fit.Warnings.Any(warning => warning.Contains("at gamma = 1", StringComparison.Ordinal)) ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"alarms: {alarms} of {Pilots}");
        Assert.InRange(alarms / (double)Pilots, 0.02, 0.09);
    }

    [Fact]
    public async Task Measures_what_each_client_is_worth_by_the_loss_without_it()
    {
        var crowd = new SyntheticCrowd { Worth = [0.3, 0, 0.1, -0.02] };
        var fit = await FitAsync(crowd, options: """{ "seeds": 8, "worth": "always" }""");
        Assert.Equal(crowd.Worth, fit.Worth!.Values, Near(1e-9));
        Assert.Equal(0, fit.Errors!.Worth![0], 1e-9);
        Assert.Equal((1 + 9 + 4) * 8, crowd.Played!.Count);
        foreach (var (client, first) in Enumerable.Range(0, 4).Select(client => (client, 80 + 8 * client)))
        {
            var without = crowd.Played.Skip(first).Take(8);
            Assert.Equal(crowd.Played.Take(8).Select(episode => episode.Seed), without.Select(episode => episode.Seed));
            Assert.All(without, episode => Assert.Equal(
                [client], episode.Actions.Index().Where(entry => entry.Item.Attendance == 0).Select(entry => entry.Index)));
        }
    }

    /// <summary>Four more than ten plays of each seed are more than a quarter, and not more than 37.</summary>
    [Fact]
    public async Task What_clients_are_worth_is_measured_by_default_where_it_is_cheap()
    {
        Assert.Null((await FitAsync(new SyntheticCrowd())).Worth);
        Assert.NotNull((await FitAsync(new SyntheticCrowd(), options: """{ "seeds": 8, "per-client": true }""")).Worth);
        Assert.Null((await FitAsync(new SyntheticCrowd(), options: """{ "seeds": 8, "per-client": true, "worth": "never" }""")).Worth);
        Assert.Null((await FitAsync(
            new SyntheticCrowd(), options: """{ "seeds": 8, "per-client": true, "max-episodes": 320 }""")).Worth);
        Assert.Equal(
            "game.lceme.surrogate-options.max-episodes: is 80, but 1 groups of clients with 9 variations on 8 seeds need 112, those "
            + "without each client among them (worth)",
            await Game.SettingErrorAsync(
                () => FitAsync(new SyntheticCrowd(), options: """{ "seeds": 8, "max-episodes": 80, "worth": "always" }""")));
    }

    [Fact]
    public async Task Who_is_not_asked_stays_away_from_all_episodes_and_the_loss_is_the_one_without_it()
    {
        var crowd = new SyntheticCrowd { BatchSlope = [0.1, 0.2, 0.3, 0.4], Worth = [0.01, 0.02, 0.03, 0.04] };
        var fit = await FitAsync(
            crowd, options: """{ "seeds": 9, "worth": "always", "per-client": true }""", notAsked: [2]);
        Assert.All(crowd.Played!, episode => Assert.Equal(0, episode.Actions[2].Attendance));
        Assert.Equal([0.1, 0.2, 0, 0.4], fit.BatchSlope.Values, Near(1e-9));
        Assert.Equal([0.1, 0.1, 0, 0.1], fit.EffortSlope.Values, Near(1e-9));
        Assert.Equal([0.01, 0.02, 0, 0.04], fit.Worth!.Values, Near(1e-9));
        Assert.Equal(crowd.Loss(BatchSizes) + 0.03, fit.TruthfulLoss([60, 60, 1, 60]), 1e-9);
        Assert.Equal([2], fit.NotAsked);
        Assert.False(fit.Asks(2));
    }

    [Fact]
    public async Task Fits_the_loss_that_is_asked_for()
    {
        var crowd = new SyntheticCrowd();
        double test = (await FitAsync(crowd)).TruthfulLoss(BatchSizes);
        double training = (await FitAsync(crowd, options: """{ "loss": "training" }""")).TruthfulLoss(BatchSizes);
        Assert.Equal(SyntheticCrowd.TrainingExcess, training - test, 1e-12);
    }

    [Fact]
    public async Task Batches_stay_within_what_clients_can_draw()
    {
        var crowd = new SyntheticCrowd();
        await FitAsync(crowd, maxBatchSize: 60);
        Assert.All(crowd.Played!, episode => Assert.All(episode.Actions, action => Assert.InRange(action.BatchSize, 15, 60)));
        Assert.StartsWith(
            "game.lceme.surrogate-options.batch-factors: leave no batch size to try for clients 0-3",
            await Game.SettingErrorAsync(() => FitAsync(crowd, options: """{ "batch-factors": [2] }""", maxBatchSize: 60)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "max-episodes": 239 }""",
        "game.lceme.surrogate-options.max-episodes: is 239, but 1 groups of clients with 9 variations on 24 seeds need 240")]
    [InlineData("""{ "seeds": 3 }""", "game.lceme.surrogate-options.seeds: is 3; must be at least 4 and at most 100000")]
    [InlineData("""{ "gammas": [] }""", "game.lceme.surrogate-options.gammas: must have coefficients of at least 0 other than 1")]
    [InlineData("""{ "gammas": [2, -0.5] }""", "game.lceme.surrogate-options.gammas: must have coefficients of at least 0 other than 1")]
    [InlineData("""{ "efforts": [0, 1] }""", "game.lceme.surrogate-options.efforts: must have efforts of at least 0 and below 1")]
    [InlineData("""{ "efforts": [-0.5] }""", "game.lceme.surrogate-options.efforts: must have efforts of at least 0 and below 1")]
    [InlineData("""{ "batch-factors": [] }""", "game.lceme.surrogate-options.batch-factors: must have factors above 0 other than 1")]
    [InlineData("""{ "batch-factors": [0, 2] }""", "game.lceme.surrogate-options.batch-factors: must have factors above 0 other than 1")]
    [InlineData("""{ "gammas": [1] }""", "game.lceme.surrogate-options.gammas: must have coefficients of at least 0 other than 1")]
    [InlineData("""{ "efforts": [] }""", "game.lceme.surrogate-options.efforts: must have efforts of at least 0 and below 1")]
    [InlineData("""{ "batch-factors": [1, 2] }""", "game.lceme.surrogate-options.batch-factors: must have factors above 0 other than 1")]
    public async Task Refuses_options_that_cannot_be_played(string options, string message) =>
        Assert.Equal(message, await Game.SettingErrorAsync(() => FitAsync(new SyntheticCrowd(), options)));

    [Fact]
    public async Task As_many_episodes_as_may_be_played_are_played()
    {
        var crowd = new SyntheticCrowd();
        await FitAsync(crowd, options: """{ "seeds": 4, "max-episodes": 40 }""");
        Assert.Equal(40, crowd.Played!.Count);
    }

    [Theory]
    [InlineData(new[] { 0.25, 0.25, 0.25, 0.25 }, "clients 0-3")]
    [InlineData(new[] { 0.1, 0.4, 0.4, 0.1 }, "2 clients such as 0")]
    [InlineData(new[] { 0.1, 0.2, 0.3, 0.4 }, "client 0")]
    public async Task Who_shows_no_effect_is_named(double[] weights, string who) => Assert.StartsWith(
        $"game.lceme.surrogate-options: the pilot measured a of {who} as 0 ± 0 "
            + "(one standard error of the fit, by a jackknife over 8 seeds): no effect to pay by",
        await Game.SettingErrorAsync(() => FitAsync(new SyntheticCrowd { BatchSlope = [0, 0, 0, 0] }, weights: weights)),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_pilot_that_diverges_is_refused() => Assert.Equal(
        "game.lceme.surrogate-options: a pilot episode diverged: its loss is not finite; use a smaller step size",
        await Game.SettingErrorAsync(
            () => Game.Catalog.CreateSurrogate(new PluginChoice("pilot", "{}", SurrogateGame.Path)).FitAsync(SurrogateGame.Setup(
            [1], [60], play: episodes => [.. episodes.Select((_, index) => new Evaluation(0.5, index == 7 ? double.NaN : 0.5, 0.9))]))));

    private static Task<LossSurrogate> FitAsync(
        SyntheticCrowd crowd,
        string options = """{ "seeds": 8 }""", double[]? weights = null, Seed? seed = null, int maxBatchSize = 1000,
        int[]? kinds = null, int[]? notAsked = null) =>
        Game.Catalog.CreateSurrogate(new PluginChoice("pilot", options, SurrogateGame.Path))
            .FitAsync(SurrogateGame.Setup(
                weights ?? [0.25, 0.25, 0.25, 0.25], BatchSizes, play: crowd.Play, seed: seed, maxBatchSize: maxBatchSize,
                kinds: kinds, notAsked: notAsked));

    private static Func<double, double, bool> Near(double tolerance) => (a, b) => Math.Abs(a - b) < tolerance;
}
