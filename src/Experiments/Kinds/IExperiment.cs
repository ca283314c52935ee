using System.Numerics;
using FLCrowd.Actors.Tables;

namespace FLCrowd.Experiments.Kinds;

/// <summary>An experiment of some kind, as it was configured.</summary>
public interface IExperiment
{
    /// <summary>A key that is set and that no other kind has use for; null: none.</summary>
    string? Demand => null;

    /// <summary>The tables that its run writes beside those of every run.</summary>
    IReadOnlyList<TableSchema> Tables { get; }

    /// <summary>The columns that its run has, beside those that are swept.</summary>
    RunColumns Columns => RunColumns.None;

    /// <summary>Names that the user gave and that become columns, beside those of variants, axes and grid, and where they stand in
    /// <c>experiment</c>.</summary>
    (string Section, IEnumerable<string> Names)? Names => null;

    /// <summary>By what the games of a cell are multiplied, beyond seeds and draws; counted before any is made.</summary>
    IEnumerable<(string Name, BigInteger Count)> Factors(Settings settings) => [];

    /// <summary>Says how the experiment is played.</summary>
    /// <exception cref="SettingException">The settings do not fit each other.</exception>
    RunCourse Plan(PlanRequest request);
}
