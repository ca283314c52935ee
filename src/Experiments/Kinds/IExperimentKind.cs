using FLCrowd.Actors.Tables;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Kinds;

/// <summary>
/// A kind of experiment, the value of <c>experiment.kind</c>: reads its settings, plans and plays its games, and says what they came to.
/// Nothing else in the program knows the kinds: a new one is a folder, and a line in the list of <see cref="Laboratory"/>.
/// </summary>
public interface IExperimentKind
{
    /// <summary>What <c>experiment.kind</c> calls it.</summary>
    string Name { get; }

    /// <summary>What it does, in one sentence.</summary>
    string Summary { get; }

    /// <summary>Whether it is played for every cell of <c>grid</c>, <c>variants</c> and <c>axes</c>.</summary>
    bool IsSwept => true;

    /// <summary>Whether <c>seeds</c> and <c>draws</c> repeat its games; other kinds have repetitions of their own, or none.</summary>
    bool IsRepeated => false;

    /// <summary>Whether <c>seeds</c> do, at least: its games are played on the data and terms of each.</summary>
    bool HasSeeds => IsRepeated;

    /// <summary>How its games are repeated instead, in parentheses, as the end of a message; empty: they are not.</summary>
    string Repetition => "";

    /// <summary>The tables that its runs may write beside those of every run.</summary>
    IReadOnlyList<TableSchema> Tables { get; }

    /// <summary>The columns behind the swept ones that say what a game is a play of.</summary>
    IReadOnlyList<Column> PlayColumns => [];

    /// <summary>The files that it writes beside tables, report and plots: names, or patterns.</summary>
    IReadOnlyList<string> Files => [];

    /// <summary>Its keys of <c>experiment</c> with their defaults, in HOCON, where hocon/reference.conf does not have them.</summary>
    string Defaults => "";

    /// <summary>Reads its own keys of the section <c>experiment</c>, whatever the kind of the experiment at hand is.</summary>
    /// <param name="section">The section; who calls this sees to what nobody read.</param>
    /// <exception cref="SettingException">Anything misspelt, of another type or out of range.</exception>
    IExperiment Read(Section section);

    /// <summary>Makes from a run's tables, and from what the run keeps in run.json, what was found; writes derived tables.</summary>
    /// <exception cref="SettingException">A table is missing, or is not what a run writes.</exception>
    Findings Findings(RunDirectory run, RunRecord record);
}
