using System.CommandLine;
using FLCrowd.Experiments.Runs;
using FLCrowd.Host.Templates;

namespace FLCrowd.Host.Commands;

/// <summary><c>flcrowd new strategy NAME</c>.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        var name = Argued.Text("NAME", "Its name, vendor/name, such as acme/careful.");
        var directory = Argued.Text("--out", "DIR", "The folder for it; by default one of the strategy's name.");
        var strategy = new Command("strategy", "Writes a project for a client strategy of your own, with tests and an experiment.") { name, directory };
        strategy.SetAction(parsed =>
        {
            var given = PluginName.Parse(parsed.GetRequiredValue(name));
            var folder = parsed.GetValue(directory) ?? given.Name;
            StrategyProject.Write(given, folder);
            Console.Out.WriteLine(given.Rename($"""
                {folder}: a project for the strategy acme/careful. Next:
                  cd {folder}
                  dotnet build -c Release
                  dotnet test -c Release
                  flcrowd run careful.conf
                """));
            return ExitCode.Done;
        });
        return new Command("new", "Writes a project for a plug-in of your own.") { strategy };
    }
}
