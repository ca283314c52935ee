using FLCrowd.Experiments.Results;
using Spectre.Console;

namespace FLCrowd.Host.Terminal;

/// <summary>Writes findings for people. A number is never broken: what is wider than the window is told otherwise.</summary>
internal static class Tables
{
    private const int PlainWidth = 1000;

    /// <summary>Of paragraphs in a window that is wider.</summary>
    private const int TextWidth = 120;

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

    /// <summary>Writes all that is for the terminal, in its order.</summary>
    public static void Write(IAnsiConsole console, Findings findings)
    {
        foreach (var item in findings.Items.Where(item => item.Shown.HasFlag(Shown.OnTerminal)))
        {
            switch (item)
            {
                case FindingTable table:
                    Write(console, table);
                    break;
                case FindingNote note:
                    Write(console, note.Text);
                    break;
                case FindingSection section:
                    Write(console, section.Title);
                    break;
            }
        }
    }

    /// <summary>Writes a table: as it is where there is room, else without its details, which it names, else a block per row.</summary>
    public static void Write(IAnsiConsole console, FindingTable table)
    {
        var texts = new TableTexts(table);
        console.WriteLine();
        Write(console, table.Title);
        if (texts.Width(texts.All) <= console.Profile.Width)
        {
            WriteLines(console, texts.Lines(texts.All));
        }
        else if (texts.Width(texts.Main) <= console.Profile.Width)
        {
            WriteLines(console, texts.Lines(texts.Main));
            var left = texts.All.Except(texts.Main).Select(column => table.Columns[column].Name);
            Write(console, $"Left out at {console.Profile.Width} columns: {string.Join(", ", left)}.");
        }
        else
        {
            WriteLines(console, texts.Blocks(console.Profile.Width));
        }

        if (table.Notes.Length > 0)
        {
            Write(console, table.Notes);
        }
    }

    /// <summary>Writes a paragraph.</summary>
    public static void Write(IAnsiConsole console, string text) =>
        WriteLines(console, TextLines.Wrap(
            text, console.Profile.Width < PlainWidth ? Math.Min(console.Profile.Width, TextWidth) : int.MaxValue));

    private static void WriteLines(IAnsiConsole console, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            console.WriteLine(line);
        }
    }
}
