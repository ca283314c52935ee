using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Runs;
using FLCrowd.Experiments.Sweeps;
using FLCrowd.Experiments.Tables;
using FLCrowd.Host.Rendering;
using Spectre.Console;

namespace FLCrowd.Host.Terminal;

/// <summary>What a run tells the person in front of it.</summary>
internal sealed class RunTerminal : IRunObserver
{
    private readonly bool _json;
    private readonly IAnsiConsole _console;

    /// <param name="json">Standard output is for one JSON object: people read standard error.</param>
    public RunTerminal(bool json)
    {
        _json = json;
        _console = Tables.Console(json ? Console.Error : Console.Out);
    }

    /// <summary>Where the run is played, as of now; empty: here.</summary>
    public Func<string> Place { get; set; } = () => "";

    public void Begin(RunRecord record, string directory) => _console.WriteLine(
        $"{record.Experiment}: {Numbers.Plural(record.Games, "game")}, {Numbers.Plural(record.EpisodesPlanned, "episode")}, seed "
        + $"{record.Seed}, into {directory}");

    /// <summary>Something that the user should know before trusting the results.</summary>
    public void Warn(string warning) => _console.WriteLine($"note: {warning}");

    /// <summary>What comes next.</summary>
    public void Say(string line) => _console.WriteLine(line);

    /// <summary>Shows progress while <paramref name="work"/> goes on.</summary>
    public Task<ExperimentResult> FollowAsync(
        ExperimentPlan plan, TimeProvider clock, Func<Action<ExperimentProgress>, Task<ExperimentResult>> work) =>
        _console.Profile.Out.IsTerminal && _console.Profile.Capabilities.Ansi
            ? ProgressBar.FollowAsync(_console, plan, clock, Place, work)
            : ProgressLines.FollowAsync(_console, plan, clock, Place, work);

    /// <summary>Draws the plots, and writes the report.</summary>
    public void Render(RunDirectory directory, RunRecord record, Findings findings) => ReportFiles.Write(directory, record, findings);

    /// <summary>Says how the run ended and what came out.</summary>
    /// <exception cref="IOException">The object of --json cannot be written.</exception>
    public void End(RunOutcome outcome)
    {
        var (directory, record, findings) = outcome;
        if (findings is not null)
        {
            Tables.Write(_console, findings);
        }

        _console.WriteLine(
            $"{Numbers.Plural(record.EpisodesRecorded, "episode")}, {Numbers.Plural(record.ClientUpdates, "client update")} in "
            + $"{Numbers.Duration(record.Seconds)}: {Numbers.Rate(record.UpdatesPerSecond)} updates/s");
        if (record.FailedGames.Count > 0)
        {
            Tables.Write(_console, SweepFindings.Failed(record));
        }

        if (record.Status == RunStatus.Interrupted)
        {
            _console.WriteLine(
                $"interrupted: {record.EpisodesRecorded} of {record.EpisodesPlanned} episodes are kept; {outcome.HowToGoOn}");
        }

        if (findings is not null)
        {
            _console.WriteLine($"report: {directory.PathOf(RunDirectory.ReportFile)}");
        }

        if (record.Failure is { } failure)
        {
            var kept = RunDirectory.IsRun(directory.Path) && !record.IsPlayedOut ? $"; what was done is kept, {outcome.HowToGoOn}" : "";
            Console.Error.WriteLine($"flcrowd: the run failed: {failure.TrimEnd('.')}{kept}");
        }

        if (_json && !outcome.IsPart)
        {
            StandardStreams.DeliverLine(JsonReport.Of(record, findings, directory).ToJsonString(RunRecord.Json));
        }
    }
}
