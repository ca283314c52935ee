using System.CommandLine;
using FLCrowd.Host.Reports;
using FLCrowd.Host.Running;
using FLCrowd.Host.Terminal;

namespace FLCrowd.Host.Commands;

/// <summary><c>flcrowd report DIR</c>.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var directory = Argued.Text("DIR", "The folder of a run.");
        var command = new Command("report", "Rebuilds tables, plots and report.html from a run's CSV files and run.json.") { directory };
        command.SetAction(parsed =>
        {
            var opened = RunDirectory.Open(parsed.GetRequiredValue(directory));
            new RunTerminal(json: false).Conclude(opened.Read(), Report.Write(opened.Path), opened);
            return ExitCode.Done;
        });
        return command;
    }
}
