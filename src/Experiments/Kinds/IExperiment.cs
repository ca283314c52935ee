using System.Numerics;

namespace FLCrowd.Experiments.Kinds;

/// <summary>An experiment of some kind, as it was configured.</summary>
internal interface IExperiment
{
    /// <summary>A key that is set and that no other kind has use for; null: none.</summary>
    string? Demand => null;

    /// <summary>By what the games of a cell are multiplied, beyond seeds and draws; counted before any is made.</summary>
    IEnumerable<(string Name, BigInteger Count)> Factors(Settings settings) => [];

    /// <summary>Says how the experiment is played.</summary>
    /// <exception cref="SettingException">The settings do not fit each other.</exception>
    RunCourse Plan(PlanRequest request);
}
