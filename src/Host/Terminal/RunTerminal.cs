using System.Text.Json;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Host.Dynamics;
using FLCrowd.Host.Figures;
using FLCrowd.Host.Population;
using FLCrowd.Host.Regret;
using FLCrowd.Host.Reports;
using FLCrowd.Host.Running;
using Spectre.Console;

namespace FLCrowd.Host.Terminal;

/// <summary>What a run tells the person in front of it.</summary>
internal sealed class RunTerminal
{
    private readonly bool _json;
    private readonly bool _isPart;
    private readonly IAnsiConsole _console;

    /// <param name="json">Standard output is for one JSON object: people read standard error.</param>
    /// <param name="isPart">The run is a part of another one, whose object it is.</param>
    public RunTerminal(bool json, bool isPart = false)
    {
        _json = json;
        _isPart = isPart;
        _console = Tables.Console(json ? Console.Error : Console.Out);
    }

    /// <summary>Where the run is played, as of now; empty: here.</summary>
    public Func<string> Place { get; set; } = () => "";

    public void Announce(RunRecord record, string directory) => _console.WriteLine(
        $"{record.Experiment}: {Plural(record.Games, "game")}, {Plural(record.EpisodesPlanned, "episode")}, seed {record.Seed}, into {directory}");

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

    /// <summary>Says how the run ended and what came out.</summary>
    /// <exception cref="IOException">The object of --json cannot be written.</exception>
    public void Conclude(RunRecord record, RunSummary? summary, RunDirectory directory)
    {
        if (summary is { Figure: { } figure })
        {
            foreach (var numbers in figure.Numbers)
            {
                Tables.Write(_console, numbers);
            }

            if (figure.Numbers.Count > 0)
            {
                _console.WriteLine(FigureNumbers.Explanation);
            }

            Tables.Write(_console, record.Parts is null ? ClaimTables.All(figure.Claims) : ClaimTables.Counts(figure.Claims, withQuotes: false));
            _console.WriteLine(ClaimTables.Explanation);
        }
        else if (summary is { Population: { } population })
        {
            foreach (var table in PopulationTables.All(population))
            {
                Tables.Write(_console, table);
            }

            _console.WriteLine(PopulationTables.Explanation(population));
        }
        else if (summary is { Dynamics: { } dynamics })
        {
            Tables.Write(_console, DynamicsTables.Ends(dynamics));
            _console.WriteLine(DynamicsTables.Explanation(dynamics));
        }
        else if (summary is { Regret: { } regret })
        {
            Tables.Write(_console, RegretTables.Clients(regret));
            Tables.Write(_console, RegretTables.NashConv(regret));
            _console.WriteLine(RegretTables.Explanation(regret));
        }
        else if (summary is { Cells.Count: > 0 })
        {
            Tables.Write(_console, SummaryTables.Outcomes(summary));
            Tables.Write(_console, SummaryTables.Strategies(summary));
        }

        if (summary is { Regret: { } measured } && CoalitionTables.Has(measured))
        {
            Tables.Write(_console, CoalitionTables.Gains(measured));
            _console.WriteLine(CoalitionTables.Explanation(measured));
        }

        _console.WriteLine(
            $"{Plural(record.EpisodesRecorded, "episode")}, {Plural(record.ClientUpdates, "client update")} in {Numbers.Duration(record.Seconds)}: "
            + $"{Numbers.Rate(record.UpdatesPerSecond)} updates/s");
        if (record.FailedGames.Count > 0)
        {
            Tables.Write(_console, SummaryTables.Failed(record));
        }

        if (record.Status == RunStatus.Interrupted)
        {
            _console.WriteLine(
                $"interrupted: {record.EpisodesRecorded} of {record.EpisodesPlanned} episodes are kept; {HowToGoOn(record, directory)}");
        }

        if (summary is not null)
        {
            _console.WriteLine($"report: {directory.PathOf(RunDirectory.ReportFile)}");
        }

        if (record.Failure is { } failure)
        {
            Console.Error.WriteLine($"flcrowd: the run failed: {failure.TrimEnd('.')}{(RunDirectory.IsRun(directory.Path) && !record.IsPlayedOut ? $"; what was done is kept, {HowToGoOn(record, directory)}" : "")}");
        }

        if (_json && !_isPart)
        {
            StandardStreams.DeliverLine(JsonSerializer.Serialize(JsonSummary.Of(record, summary, directory), RunRecord.Json));
        }
    }

    /// <summary>What brings a run that stopped to its end; a part goes on with the whole.</summary>
    public string HowToGoOn(RunRecord record, RunDirectory directory) => record.Run is null && record.Parts is null && !_isPart
        ? $"begin again with: {record.Command}"
        : $"go on with: flcrowd resume {(_isPart ? Path.GetDirectoryName(directory.Path) : directory.Path)}";

    public static string Plural(long count, string noun) => $"{Numbers.Count(count)} {noun}{(count == 1 ? "" : "s")}";
}
