using FLCrowd.Strategies.Aggregators;
using FLCrowd.Strategies.Clients;
using FLCrowd.Strategies.Clients.Learning;
using FLCrowd.Strategies.Mechanisms;
using FLCrowd.Strategies.Surrogates;
using FLCrowd.Strategies.Theory;

namespace FLCrowd.Strategies;

/// <summary>The built-in client strategies, mechanisms, loss surrogates and aggregators.</summary>
public sealed class StrategiesPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        registry.AddStrategy<NoOptions>(
            "truthful", "Does what it is asked: e', D', gamma'.", (_, _) => new Truthful());
        registry.AddStrategy<ShirkLabelingOptions>(
            "shirk-labeling", "Labels with less effort; computes and reports as it is asked.", (options, _) => new ShirkLabeling(options));
        registry.AddStrategy<SmallBatchOptions>(
            "small-batch", "Computes with another batch size; labels and reports as it is asked.", (options, _) => new SmallBatch(options));
        registry.AddStrategy<MisreportOptions>(
            "misreport", "Scales the update that it reports by gamma; labels and computes as it is asked.",
            (options, _) => new Misreport(options));
        registry.AddStrategy<NoOptions>(
            "free-rider", "Labels nothing, computes with one sample and reports the model it was sent: e = 0, D = 1, gamma = 0.",
            (_, _) => new FreeRider());
        registry.AddStrategy<FixedOptions>(
            "fixed", "Plays one action e, D, gamma; what is not set is as asked, or as another strategy plays.", Fixed.Create);
        registry.AddStrategy<LabelFlipOptions>(
            "label-flip", "Labels with full effort and then writes a wrong class on purpose.", (options, _) => new LabelFlip(options));
        registry.AddStrategy<MixedOptions>(
            "mixed", "A lottery over strategies, drawn again in every episode.", Mixed.Create);

        registry.AddStrategy<BestResponseOptions>(
            "best-response",
            "Plays what it believes to pay best: by the announced loss surrogate, or by its own experience with deviations.",
            (options, _) => options.Belief == Belief.Bound ? new BoundResponse(options) : new ExperienceLearner(options.Experience));
        registry.AddStrategy<EpsilonGreedyOptions>(
            "epsilon-greedy", "Plays the action that paid best on average so far, and now and then a random one.",
            (options, _) => new EpsilonGreedy(options));
        registry.AddStrategy<RegretMatchingOptions>(
            "regret-matching",
            "Switches from its last action to others with probabilities in proportion to its regret, estimated from its own payoffs.",
            (options, _) => new RegretMatching(options));

        registry.AddStrategy<ImitationOptions>(
            "imitation", "Does as better-paid clients do, with probabilities in proportion to the difference (replicator dynamics).",
            (options, _) => new Imitation(options));

        registry.AddMechanism<FlatOptions>(
            "flat", "Pays every client the same fixed amount.", options => new Flat(options));
        registry.AddMechanism<PerSampleOptions>(
            "per-sample", "Pays a rate for every sample of assigned computation and a fixed amount for assigned labeling.",
            options => new PerSample(options));
        registry.AddMechanism<LcemeOptions>(
            "lceme", "Pays less for a higher test loss, by as much as a loss surrogate says that work is worth (the paper's mechanism).",
            options => new Lceme(options));
        registry.AddMechanism<SampledRoundsOptions>(
            Influence.Name, "Pays for what a client's reports do to the test loss to first order, round by round.",
            options => new Influence(options));
        registry.AddMechanism<LeaveOneOutOptions>(
            LeaveOneOut.Name,
            "Pays for what the final test loss would have been had the client never taken part, by replaying the training.",
            options => new LeaveOneOut(options));
        registry.AddMechanism<SampledRoundsOptions>(
            Vcg.Name, "Pays for what the test loss of a round would have been without the client's report.", options => new Vcg(options));
        registry.AddMechanism<ShapleyOptions>(
            Shapley.Name, "Pays each client its Shapley value in the fall of the test loss, round by round.",
            options => new Shapley(options));

        registry.AddSurrogate<ConstantsOptions>(
            Theorem1.Name, "The paper's bound on the loss as printed (Theorem 1), from constants of the model.", BoundSource.Theorem1);
        registry.AddSurrogate<ConstantsOptions>(
            CorrectedBound.Name, "A bound on the loss that is proved, for one local step per round.", BoundSource.Corrected);
        registry.AddSurrogate<PilotOptions>(
            Pilot.Name, "Measured in pilot episodes with cooperative clients before the game.", options => new Pilot(options));
        registry.AddSurrogate<GivenOptions>(
            Given.Name, "Coefficients of one's own.", options => new Given(options));

        registry.AddAggregator<NoOptions>(
            "mean", "The mean of the reports, weighted by p_i (federated averaging).", _ => new Mean());
        registry.AddAggregator<ClippedMeanOptions>(
            "clipped-mean", "The mean weighted by p_i, in which no update counts as longer than kappa times the round's median.",
            options => new ClippedMean(options));
        registry.AddAggregator<NoOptions>(
            "median", "The median of the reports, coordinate by coordinate, every client counting once.", _ => new Median());
        registry.AddAggregator<TrimmedMeanOptions>(
            "trimmed-mean", "The mean without the largest and smallest reports, coordinate by coordinate, every client counting once.",
            options => new TrimmedMean(options));
    }
}
