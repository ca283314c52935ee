using System.Text.Json.Nodes;
using FLCrowd.Actors.Definitions;
using FLCrowd.Experiments.Configuration;

namespace FLCrowd.Experiments.Kinds;

/// <summary>What an experiment is planned from.</summary>
/// <param name="Games">One game for every cell, seed and draw, as configured.</param>
/// <param name="Tunings">For every game: how its step size is found before it is played; null where it is given.</param>
/// <param name="Settings">The settings outside of cells.</param>
/// <param name="Configuration">The whole configuration.</param>
/// <param name="Catalog">All plug-ins.</param>
public sealed record PlanRequest(
    ExperimentPlan Games, IReadOnlyList<StepSizeTuning?> Tunings, Settings Settings, JsonObject Configuration, PluginCatalog Catalog);
