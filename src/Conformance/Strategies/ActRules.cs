namespace FLCrowd.Conformance.Strategies;

/// <summary>What a strategy does with samples and models: in range, and a function of what it is shown.</summary>
internal static class ActRules
{
    public const string Labels = "labels";
    public const string Reports = "reports";

    public static void CheckLabels(StrategyConformance kit) => kit.InEveryGame(Labels, game =>
    {
        var view = game.Episode(0);
        if (kit.Create(game).Capability<ILabeler>() is null || view.ClassCount == 0)
        {
            return;
        }

        int[] labels = Playthrough.Play(game, kit.Create(game), episodes: 1).First().Labels;
        var again = kit.Create(game);
        again.Choose(view);
        foreach (var (sample, label) in labels.Index().Reverse())
        {
            if (label < 0 || label >= view.ClassCount)
            {
                throw StrategyConformance.Broken(
                    Labels, game, $"gives sample {sample} the label {label}; classes are 0 to {view.ClassCount - 1}");
            }

            if (Acts.Label((ILabeler)again, view, sample) != label)
            {
                throw StrategyConformance.Broken(
                    Labels, game,
                    $"gives sample {sample} another label when it is asked in another order: a label is a function of its view");
            }
        }
    });

    public static void CheckReports(StrategyConformance kit) => kit.InEveryGame(Reports, game =>
    {
        if (kit.Create(game).Capability<IReporter>() is null)
        {
            return;
        }

        var view = game.Episode(0);
        var turn = Playthrough.Play(game, kit.Create(game), episodes: 1).First();
        var again = kit.Create(game);
        again.Choose(view);
        foreach (var (index, report) in turn.Reports.Chunk(Acts.Parameters).Index().Reverse())
        {
            int round = index + 1;
            if (report.Any(value => !float.IsFinite(value)))
            {
                throw StrategyConformance.Broken(
                    Reports, game, $"reports {report.First(value => !float.IsFinite(value))} in round {round}; every entry must be finite");
            }

            if (!report.SequenceEqual(Acts.Report(again, view, turn.Action, round)))
            {
                throw StrategyConformance.Broken(
                    Reports, game,
                    $"reports something else in round {round} when rounds come in another order: a report is a function of its view");
            }
        }
    });
}
