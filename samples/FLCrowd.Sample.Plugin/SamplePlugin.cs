namespace FLCrowd.Sample.Plugin;

/// <summary>The entry of the assembly: found because it is public and implements <see cref="IPlugin"/>.</summary>
public sealed class SamplePlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        registry.AddStrategy<NoisyReporterOptions>(
            "sample/noisy-reporter", "Does what it is asked, but adds noise to the model that it reports.",
            (options, _) => new NoisyReporter(options));
        registry.AddStrategy<FadingReporterOptions>(
            "sample/fading-reporter", "Does what it is asked, but scales what it reports: much in early rounds, little in late ones.",
            (options, _) => new FadingReporter(options));
        registry.AddStrategy<WinStayLoseShiftOptions>(
            "sample/win-stay-lose-shift", "Works honestly or shirks labeling, and changes over when the payoff disappoints it.",
            (options, _) => new WinStayLoseShift(options));
        registry.AddMechanism<TargetBonusOptions>(
            "sample/target-bonus", "Pays a base, and a bonus to everybody if the test loss reaches a target.",
            options => new TargetBonus(options));
        registry.AddMechanism<ImprovementShareOptions>(
            "sample/improvement-share", "Pays the cost of what is asked, and a share of the improvement over a loss surrogate.",
            options => new ImprovementShare(options));
        registry.AddSurrogate<ByClassOptions>(
            ByClass.Name, "Slopes given by class of client, around a level that pilot episodes measure.", options => new ByClass(options));
        registry.AddAggregator<ClippedMeanOptions>(
            "sample/clipped-mean", "The mean of the updates, of which long ones are made shorter.", options => new ClippedMean(options));
        registry.AddModel<NoOptions>(
            "sample/least-squares", "A linear classifier, fitted by least squares.", (_, setup) => new LeastSquares(setup));
        registry.AddPartition<FewClassesOptions>(
            "sample/few-classes", "Every client has samples of a few classes only.", (options, setup) => new FewClasses(options, setup));
    }
}
