using FLCrowd.Experiments.Sweeps;
using Spectre.Console;

namespace FLCrowd.Host.Terminal;

/// <summary>Writes tables for people.</summary>
internal static class Tables
{
    private const int PlainWidth = 1000;

    public static IAnsiConsole Console(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (!console.Profile.Out.IsTerminal)
        {
            // Nobody's window to fit into; a table must not be cut to the 80 columns that a pipe is taken for.
            console.Profile.Width = PlainWidth;
        }

        return console;
    }

    public static void Write(IAnsiConsole console, SummaryTable table)
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

        console.Write(grid);
    }
}
