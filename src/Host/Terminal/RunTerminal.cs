using System.Text.Json;
using FLCrowd.Actors.Experiments;
using FLCrowd.Host.Reports;
using FLCrowd.Host.Running;
using Spectre.Console;

namespace FLCrowd.Host.Terminal;

/// <summary>What a run tells the person in front of it.</summary>
internal sealed class RunTerminal
{
    private const int PlainWidth = 160;

    private readonly bool _json;
    private readonly IAnsiConsole _console;

    /// <param name="json">Standard output is for one JSON object: people read standard error.</param>
    public RunTerminal(bool json)
    {
        _json = json;
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(json ? Console.Error : Console.Out) });
        if (!_console.Profile.Out.IsTerminal)
        {
            // Nobody's window to fit into; a table must not be cut to the 80 columns that a pipe is taken for.
            _console.Profile.Width = PlainWidth;
        }
    }

    public void Announce(RunRecord record, string directory) => _console.WriteLine(
        $"{record.Experiment}: {Plural(record.Games, "game")}, {Plural(record.EpisodesPlanned, "episode")}, seed {record.Seed}, into {directory}");

    /// <summary>Shows progress while <paramref name="work"/> goes on.</summary>
    public Task<ExperimentResult> FollowAsync(
        ExperimentPlan plan, TimeProvider clock, Func<Action<ExperimentProgress>, Task<ExperimentResult>> work) =>
        _console.Profile.Out.IsTerminal && _console.Profile.Capabilities.Ansi
            ? ProgressBar.FollowAsync(_console, plan, clock, work)
            : ProgressLines.FollowAsync(_console, plan, clock, work);

    /// <summary>Says how the run ended and what came out.</summary>
    public void Conclude(RunRecord record, RunSummary? summary, RunDirectory directory)
    {
        if (summary is { Cells.Count: > 0 })
        {
            Write(SummaryTables.Outcomes(summary));
            Write(SummaryTables.Strategies(summary));
        }

        _console.WriteLine(
            $"{Plural(record.EpisodesRecorded, "episode")}, {Plural(record.ClientUpdates, "client update")} in {Numbers.Duration(record.Seconds)}: "
            + $"{Numbers.Rate(record.UpdatesPerSecond)} updates/s");
        if (record.Status == RunStatus.Interrupted)
        {
            _console.WriteLine($"interrupted: {record.EpisodesRecorded} of {record.EpisodesPlanned} episodes are kept");
        }

        if (summary is not null)
        {
            _console.WriteLine($"report: {directory.PathOf(RunDirectory.ReportFile)}");
        }

        if (record.Failure is { } failure)
        {
            Console.Error.WriteLine($"flcrowd: the run failed: {failure}");
        }

        if (_json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(JsonSummary.Of(record, summary, directory), RunRecord.Json));
        }
    }

    public static string Plural(long count, string noun) => $"{Numbers.Count(count)} {noun}{(count == 1 ? "" : "s")}";

    private void Write(SummaryTable table)
    {
        var grid = new Table { Border = TableBorder.Simple, Title = new TableTitle(Markup.Escape(table.Title)) };
        for (int column = 0; column < table.Headers.Count; column++)
        {
            var header = new TableColumn(Markup.Escape(table.Headers[column])).NoWrap();
            grid.AddColumn(column < table.Words ? header : header.RightAligned());
        }

        foreach (var row in table.Rows)
        {
            grid.AddRow([.. row.Select(Markup.Escape)]);
        }

        _console.Write(grid);
    }
}
