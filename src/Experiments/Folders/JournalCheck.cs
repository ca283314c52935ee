using CsvHelper;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Progress;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Folders;

/// <summary>
/// Before a run goes on: does its journal hold, unharmed, all that was recorded? Nothing recorded is played again unless somebody asks for
/// that. A checkpoint that is damaged costs some time only, and is dropped.
/// </summary>
/// <param name="directory">The run's folder.</param>
/// <param name="record">The run.</param>
/// <param name="store">Where its journal is.</param>
internal sealed class JournalCheck(RunDirectory directory, RunRecord record, JournalStore store)
{
    /// <summary>The option that asks for it.</summary>
    public const string Option = "--from-last-good";

    private const int Named = 3;

    /// <summary>Whether episodes are kept elsewhere, too, so that the journal need not have them.</summary>
    public bool HasCache { get; init; }

    /// <param name="fromLastGood">Whether what is damaged, behind that, or lost is to be played again.</param>
    /// <param name="progress">For the user.</param>
    /// <exception cref="SettingException">Something is damaged or lost, and that was not asked for.</exception>
    /// <exception cref="IOException">The journal cannot be reached.</exception>
    public void Pass(bool fromLastGood, IRunProgress progress)
    {
        var findings = store.Check(record.Run!);
        int recorded = Math.Max(InTables(), record.EpisodesRecorded);
        bool isShort = recorded > findings.Episodes.Count && !(HasCache && findings.HasPlan);
        bool isSound = findings is { Damages.Count: 0, Strangers.Count: 0 } && !isShort;
        if (!isSound && !fromLastGood)
        {
            throw Refusal(findings, recorded);
        }

        if (!findings.IsSound && store.KeepGood(record.Run!) is { } aside)
        {
            progress.Warn($"the journal as it was is kept as {Path.GetFileName(aside)}");
        }

        foreach (var checkpoint in findings.LostCheckpoints)
        {
            progress.Warn($"{checkpoint}: the episode begins again");
        }

        if (!isSound)
        {
            progress.Warn($"goes on from {Numbers.Plural(findings.Episodes.Count, "episode")} of the journal; the others are played again");
            directory.Write(record with { EpisodesRecorded = findings.Episodes.Count });
        }
    }

    private SettingException Refusal(JournalFindings findings, int recorded)
    {
        var problem = findings switch
        {
            { Damages: { Count: > 0 } damages } =>
                string.Join(", ", damages.Take(Named)) + (damages.Count > Named ? $", and {damages.Count - Named} more" : ""),
            { Strangers: { Count: > 0 } strangers } => $"is the journal of another run ({strangers[0]}); put that of {record.Run} there",
            _ when store.FileName is { } file && !File.Exists(file) => "is gone; put it back, with journal.db-wal if there was one",
            { HasPlan: false } => "holds nothing of this run; put back the one that does, with journal.db-wal if there was one",
            _ => "ends before what was recorded; put back the one that does not, with journal.db-wal if there was one",
        };
        int known = Math.Max(recorded, findings.Episodes.Count + findings.Behind.Count);
        return new SettingException(
            store.FileName ?? "execution.journal",
            $"{problem}. {findings.Episodes.Count} of {Numbers.Plural(known, "recorded episode")} can be gone on from; "
            + $"to play all others again: flcrowd resume {directory.Path} {Option}");
    }

    /// <summary>
    /// How many episodes the tables hold; an episode is in the journal before it is there. They are written again from the journal,
    /// whatever state they are in: rows that are none do not count.
    /// </summary>
    private int InTables()
    {
        try
        {
            return CsvRows.Of(directory.Path, EpisodeTable.Schema).Count(row => row.IsWhole);
        }
        catch (Exception e) when (e is SettingException or CsvHelperException or IOException)
        {
            return 0;
        }
    }
}
