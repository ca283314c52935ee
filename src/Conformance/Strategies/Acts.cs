namespace FLCrowd.Conformance.Strategies;

/// <summary>What a strategy does with samples and models.</summary>
internal static class Acts
{
    public const int Samples = 24;
    public const int Rounds = 2;
    public const int Parameters = 16;

    public static ClientAction Choose(IClientStrategy strategy, ClientView view)
    {
        Prepare(strategy, preparing => preparing.PrepareChoice(view));
        return strategy.Choose(view);
    }

    public static int[] Labels(IClientStrategy strategy, ClientView view)
    {
        LabelView[] views = [.. Enumerable.Range(0, Samples).Select(sample => Sample(view, sample))];
        Prepare(strategy, preparing => preparing.PrepareLabels(views));
        return [.. views.Select(sample => ((ILabeler)strategy).Label(sample))];
    }

    /// <summary>Without any preparation.</summary>
    public static int Label(ILabeler labeler, ClientView view, int sample) => labeler.Label(Sample(view, sample));

    public static float[] Reports(IClientStrategy strategy, ClientView view, ClientAction action) =>
        [.. Enumerable.Range(1, Rounds).SelectMany(round => Report(strategy, view, action, round, prepares: true))];

    public static float[] Report(IClientStrategy strategy, ClientView view, ClientAction action, int round, bool prepares = false)
    {
        float[] global = Model(view.Seed.For("global", round)), local = Model(view.Seed.For("local", round));
        float[] report = [.. global.Zip(local, (w, own) => (float)(w + action.Gamma * (own - w)))];
        if (prepares)
        {
            Prepare(strategy, preparing => preparing.PrepareReport(Shown(), report));
        }

        ((IReporter)strategy).Report(Shown(), report);
        return report;

        ReportView Shown() => new()
        {
            Client = view.Client,
            Round = round,
            Global = global,
            Local = local,
            Seed = view.Seed.For("report", round),
        };
    }

    /// <summary>What goes wrong is thrown when the strategy is asked.</summary>
    private static void Prepare(IClientStrategy strategy, Func<IPreparing, Task> prepare)
    {
        if (strategy.Capability<IPreparing>() is { } preparing)
        {
            Task.WaitAny(prepare(preparing));
        }
    }

    private static LabelView Sample(ClientView view, int sample) => new()
    {
        Client = view.Client,
        Sample = sample,
        Label = sample % view.ClassCount,
        ClassCount = view.ClassCount,
        Seed = view.Seed.For("labels"),
    };

    private static float[] Model(Seed seed) => [.. Enumerable.Range(0, Parameters).Select(k => (float)seed.Normal(k))];
}
