namespace FLCrowd.Abstractions.Tests.Surrogates;

public class LossSurrogateSpec
{
    private static LossSurrogate Surrogate { get; } = new()
    {
        Name = "by-hand",
        Constant = 1,
        MinimalLoss = 7,
        BatchSlope = new PerClient(4, 8),
        EffortSlope = 0.5,
        ReportCurvature = new PerClient(2, 3),
        NormConstant = 5,
        NormBatchSlope = new PerClient(6, 12),
        NormEffortSlope = 10,
    };

    [Fact]
    public void Adds_up_what_every_client_does()
    {
        // Client 0: 4/2 + 0 + 2 * 1 * (5 + 6/2); client 1: 8/4 + .5 * .5 + 3 * .25 * (5 + 12/4 + 10 * .5).
        ClientAction[] profile = [new(1, 2, 0), new(0.5, 4, 1.5)];
        Assert.Equal(1 + 2 + 16 + 2 + 0.25 + 9.75, Surrogate.Loss(profile), 12);
        Assert.Equal(1 + 2 + 2, Surrogate.TruthfulLoss([2, 4]), 12);
        Assert.Equal(Surrogate.Loss([new(1, 2, 1), new(1, 4, 1)]), Surrogate.TruthfulLoss([2, 4]), 12);
        Assert.Equal(12.0 - 2, Surrogate.Change(1, new(1, 4, 1), profile[1]), 12);
    }

    [Fact]
    public void A_client_reads_its_part_out_of_its_terms()
    {
        var terms = new RewardTerms(1, 2, SurrogateTerms.Write(Surrogate.Client(1), truthfulLoss: 9));
        Assert.True(SurrogateTerms.TryRead(terms, out var term, out double truthfulLoss));
        Assert.Equal((Surrogate.Client(1), 9.0), (term, truthfulLoss));
        Assert.False(SurrogateTerms.TryRead(new RewardTerms(1, 2), out _, out _));
    }

    [Fact]
    public void A_client_reads_out_of_its_terms_what_its_action_changes()
    {
        var asked = new Assignment(1, 4, 1, new RewardTerms(1, 2, SurrogateTerms.Write(Surrogate.Client(1), truthfulLoss: 9)));
        Assert.Equal(0, SurrogateTerms.Change(asked, asked.AsAction));
        var action = new ClientAction(0.5, 4, 1.5);
        Assert.Equal(Surrogate.Change(1, asked.AsAction, action), SurrogateTerms.Change(asked, action)!.Value, 12);
        Assert.Null(SurrogateTerms.Change(asked with { Terms = new RewardTerms(1, 2) }, action));
    }

    [Fact]
    public void All_clients_are_told_of_the_same_loss_or_there_is_none()
    {
        Assert.Equal(9, SurrogateTerms.CommonTruthfulLoss([Told(0, 9), Told(1, 9)]));
        Assert.Null(SurrogateTerms.CommonTruthfulLoss([Told(0, 9), Told(1, 8)]));
        Assert.Null(SurrogateTerms.CommonTruthfulLoss([Told(0, 9), new Assignment(1, 4, 1, new RewardTerms(1, 2))]));
        Assert.Null(SurrogateTerms.CommonTruthfulLoss([Told(0, double.NaN)]));

        static Assignment Told(int client, double loss) =>
            new(1, 4, 1, new RewardTerms(1, 2, SurrogateTerms.Write(Surrogate.Client(client), loss)));
    }

    [Fact]
    public void Says_which_coefficient_does_not_fit_the_game()
    {
        Assert.Same(Surrogate, Surrogate.Validated(2, "here"));
        Assert.Equal(
            "here: the surrogate 'by-hand' has 2 values of batch-slope; must be 1 or 3",
            Assert.Throws<SettingException>(() => Surrogate.Validated(3, "here")).Message);
        var negative = new LossSurrogate
        {
            Name = "odd",
            Constant = 0,
            MinimalLoss = 0,
            BatchSlope = 1,
            EffortSlope = new PerClient(1, -1),
            ReportCurvature = 1,
        };
        Assert.Equal(
            "here: the surrogate 'odd' has effort-slope -1 for client 1; must be at least 0",
            Assert.Throws<SettingException>(() => negative.Validated(2, "here")).Message);
    }

    [Fact]
    public async Task A_source_of_another_assembly_is_registered_by_name_and_fits_with_its_options()
    {
        var catalog = new PluginCatalog();
        catalog.AddSurrogate<VendorOptions>("vendor/halves", "Half of the constants' G^2.", options => new VendorSource(options));
        var source = catalog.CreateSurrogate(new PluginChoice("vendor/halves", """{ "share": 0.25 }""", "game.lceme.surrogate-options"));
        var setup = new SurrogateSetup
        {
            Clients = [],
            Protocol = new TrainingProtocol { Rounds = 1, LocalSteps = 1, StepSize = 0.1 },
            BatchSizes = [],
            Seed = new Seed(1),
            Path = "game.lceme.surrogate-options",
            Constants = () => Constants,
            PlayAsync = (_, _) => Task.FromResult<IReadOnlyList<Evaluation>>([]),
        };
        Assert.Equal(2, (await source.FitAsync(setup, TestContext.Current.CancellationToken)).Constant);
        Assert.Equal(["vendor/halves"], catalog.List(PluginKind.Surrogate).Select(description => description.Name));
        Assert.Equal(
            "x: unknown surrogate 'vendor/half' (did you mean 'vendor/halves'?); known are vendor/halves",
            Assert.Throws<SettingException>(() => catalog.CreateSurrogate(new PluginChoice("vendor/half", "{}", "x"))).Message);
    }

    [Fact]
    public void A_model_without_constants_is_refused_by_name()
    {
        using var model = new Unknown();
        var protocol = new TrainingProtocol { Rounds = 1, LocalSteps = 1, StepSize = 0.1 };
        var refused = Assert.Throws<SettingException>(
            () => model.EstimateConstants(new PluginChoice("cnn", "{}", "learning.model"), protocol, [50]));
        Assert.StartsWith(
            "learning.model: the model 'cnn' is not known to be smooth and strongly convex", refused.Message, StringComparison.Ordinal);
        using var known = new Known();
        Assert.Same(Constants, known.EstimateConstants(new PluginChoice("known"), protocol, [50]));
    }

    private static LearningConstants Constants { get; } = new()
    {
        Smoothness = 2,
        StrongConvexity = 1,
        GradientVariance = 3,
        LabelNoise = 4,
        GradientNorm = 8,
        Heterogeneity = 0,
        MinimalLoss = 0,
        InitialDistance = 1,
    };

    private sealed class VendorOptions
    {
        public double Share { get; set; } = 0.5;
    }

    private sealed class VendorSource(VendorOptions options) : ILossSurrogateSource
    {
        public Task<LossSurrogate> FitAsync(SurrogateSetup setup, CancellationToken cancel) => Task.FromResult(new LossSurrogate
        {
            Name = "vendor/halves",
            Constant = options.Share * setup.Constants().GradientNorm,
            MinimalLoss = 0,
            BatchSlope = 1,
            EffortSlope = 1,
            ReportCurvature = 1,
        });
    }

    private class Unknown : ILearningModel
    {
        public int ParameterCount => 1;

        public int ClassCount => 0;

        public int SampleCount(int client) => 0;

        public void Initialise(Span<float> model) => model.Clear();

        public ClientLabels Label(LabelingTask task) => new(task.Client, task.Effort, null);

        public void Train(ReadOnlySpan<float> global, TrainingProtocol protocol, IReadOnlyList<LocalTask> chunk)
        {
        }

        public Evaluation Evaluate(ReadOnlySpan<float> model) => default;

        public void Dispose()
        {
        }
    }

    private sealed class Known : Unknown, IConstantsEstimator
    {
        public LearningConstants Estimate(TrainingProtocol protocol, IReadOnlyList<int> batchSizes) => Constants;
    }
}
