using Akka.Actor;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Recording;
using FLCrowd.Analysis.Regret;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Population;
using FLCrowd.Experiments.Progress;
using FLCrowd.Experiments.Regret;

namespace FLCrowd.Host.Tests;

/// <summary>What tests ask of a run that is prepared.</summary>
internal static class PreparedRuns
{
    extension(PreparedRun run)
    {
        /// <summary>What a regret experiment asks; null: the run is none.</summary>
        public RegretDesign? Regret => run.Kind is RegretKind ? (RegretDesign)run.Course.Question[run.Kind.Name] : null;

        /// <summary>What a population experiment asks; null: the run is none.</summary>
        public PopulationDesign? Population =>
            run.Kind is PopulationKind ? (PopulationDesign)run.Course.Question[run.Kind.Name] : null;

        /// <summary>Plays it in a folder.</summary>
        public Task<ExperimentResult> PlayAsync(
            ActorSystem system, ExperimentPlan plan, string folder, int parallelGames, IRunProgress progress, RunJournal? journal,
            CancellationToken cancel) => run.Course.PlayAsync(new RunContext
            {
                Catalog = Configured.Catalog,
                System = system,
                Plan = plan,
                ParallelGames = parallelGames,
                Folder = folder,
                Progress = progress,
                Clock = TimeProvider.System,
                Journal = journal,
                Keep = (_, _) => { },
                Cancel = cancel,
            });
    }
}
