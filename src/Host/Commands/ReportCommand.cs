using System.CommandLine;
using FLCrowd.Experiments;
using FLCrowd.Host.Shell;
using FLCrowd.Host.Terminal;

namespace FLCrowd.Host.Commands;

/// <summary><c>flcrowd report DIR</c>.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var directory = Argued.Text("DIR", "The folder of a run.");
        var (parquet, tensorBoard) = (Argued.Parquet(), Argued.TensorBoard());
        var command = new Command("report", "Rebuilds tables, plots and report.html from a run's CSV files and run.json.")
        {
            directory, parquet, tensorBoard,
        };
        command.SetAction(parsed =>
        {
            var terminal = new RunTerminal(json: false);
            terminal.End(new Laboratory().Report(
                parsed.GetRequiredValue(directory), terminal, parsed.GetValue(parquet), parsed.GetValue(tensorBoard)));
            return ExitCode.Done;
        });
        return command;
    }
}
