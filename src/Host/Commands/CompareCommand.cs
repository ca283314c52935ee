using System.CommandLine;
using System.Text.Json.Nodes;
using FLCrowd.Experiments;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Results;
using FLCrowd.Host.Shell;
using FLCrowd.Host.Terminal;

namespace FLCrowd.Host.Commands;

/// <summary><c>flcrowd compare DIR DIR...</c>: what tells runs apart.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var folders = new Argument<string[]>("DIR")
        {
            Description = "The folders of two runs or more; the first one is what the others are held against.",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = new Option<bool>("--json") { Description = "Prints one JSON object on standard output, and nothing else there." };
        var command = new Command(
            "compare", "Shows the settings in which runs differ, and the differences of what came out, paired where seeds pair.")
        {
            folders, json,
        };
        command.SetAction(parsed =>
        {
            var findings = Laboratory.Compare(parsed.GetRequiredValue(folders));
            using var redirected = new StringWriter();
            if (parsed.GetValue(json))
            {
                redirected.WriteLine(Json(findings).ToJsonString(RunRecord.Json));
            }
            else
            {
                Tables.Write(Tables.Console(Console.IsOutputRedirected ? redirected : Console.Out), findings);
            }

            StandardStreams.Deliver(redirected.ToString());
            return ExitCode.Done;
        });
        return command;
    }

    private static JsonObject Json(Findings findings) => new()
    {
        ["tables"] = new JsonArray([.. findings.Tables.Select(JsonReport.Table)]),
        ["notes"] = new JsonArray([.. findings.Items.OfType<FindingNote>().Select(note => JsonValue.Create(note.Text))]),
    };
}
