using FLCrowd.Experiments.Collections;
using FLCrowd.Experiments.Dynamics;
using FLCrowd.Experiments.Figures;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Population;
using FLCrowd.Experiments.Regret;
using FLCrowd.Experiments.Sweeps;

namespace FLCrowd.Experiments;

/// <summary>The kinds of experiments that come with the program: a new one is a line here.</summary>
public static class ExperimentList
{
    /// <summary>The kinds that come with the program.</summary>
    public static ExperimentKinds BuiltIn { get; } = new(
        new PlayKind(),
        new SweepKind(),
        new RegretKind(),
        new DynamicsKind(),
        new PopulationKind(),
        new CollectionKind());
}
