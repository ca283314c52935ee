using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Runs;

/// <summary>How a run ended, and what came out.</summary>
/// <param name="Directory">Its folder.</param>
/// <param name="Record">What its folder says of it.</param>
/// <param name="Findings">What came out; null where there are no tables.</param>
public sealed record RunOutcome(RunDirectory Directory, RunRecord Record, Findings? Findings)
{
    /// <summary>Whether it failed because of what it was asked.</summary>
    public bool IsBadInput { get; init; }

    /// <summary>Whether it is part of a collection, which goes on with it.</summary>
    public bool IsPart { get; init; }

    /// <summary>What brings a run that stopped to its end.</summary>
    public string HowToGoOn => GoOn(Record, Directory, IsPart);

    /// <inheritdoc cref="HowToGoOn"/>
    public static string GoOn(RunRecord record, RunDirectory directory, bool isPart) =>
        record.Run is null && record.Parts is null && !isPart
        ? $"begin again with: {record.Command}"
        : $"go on with: flcrowd resume {(isPart ? Path.GetDirectoryName(directory.Path) : directory.Path)}";
}
