namespace FLCrowd.Conformance.Strategies;

/// <summary>What a strategy does with samples and models.</summary>
internal static class Acts
{
    public const int Samples = 24;
    public const int Rounds = 2;
    public const int Parameters = 16;

    public static int[] Labels(ILabeler labeler, ClientView view) =>
        [.. Enumerable.Range(0, Samples).Select(sample => Label(labeler, view, sample))];

    public static int Label(ILabeler labeler, ClientView view, int sample) =>
        labeler.Label(new LabelView
        {
            Client = view.Client,
            Sample = sample,
            Label = sample % view.ClassCount,
            ClassCount = view.ClassCount,
            Seed = view.Seed.For("labels"),
        });

    public static float[] Reports(IReporter reporter, ClientView view, ClientAction action) =>
        [.. Enumerable.Range(1, Rounds).SelectMany(round => Report(reporter, view, action, round))];

    public static float[] Report(IReporter reporter, ClientView view, ClientAction action, int round)
    {
        float[] global = Model(view.Seed.For("global", round)), local = Model(view.Seed.For("local", round));
        float[] report = [.. global.Zip(local, (w, own) => (float)(w + action.Gamma * (own - w)))];
        reporter.Report(
            new ReportView { Client = view.Client, Round = round, Global = global, Local = local, Seed = view.Seed.For("report", round) },
            report);
        return report;
    }

    private static float[] Model(Seed seed) => [.. Enumerable.Range(0, Parameters).Select(k => (float)seed.Normal(k))];
}
