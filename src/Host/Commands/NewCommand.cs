using System.CommandLine;
using FLCrowd.Host.Shell;
using FLCrowd.Host.Templates;

namespace FLCrowd.Host.Commands;

/// <summary><c>flcrowd new strategy | mechanism | data-set NAME</c>.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        var command = new Command("new", "Writes a project for a plug-in of your own.");
        foreach (var template in PluginTemplate.All)
        {
            command.Add(Create(template));
        }

        return command;
    }

    private static Command Create(PluginTemplate template)
    {
        var name = Argued.Text("NAME", $"Its name, vendor/name, such as acme/{template.Word}.");
        var directory = Argued.Text("--out", "DIR", $"The folder for it; by default one of the {template.Noun}'s name.");
        var command = new Command(template.Kind, $"Writes a project for a {template.Noun} of your own, with tests and an experiment.")
        {
            name, directory,
        };
        command.SetAction(parsed =>
        {
            var given = PluginName.Parse(parsed.GetRequiredValue(name));
            var folder = parsed.GetValue(directory) ?? given.Name;
            PluginProject.Write(template, given, folder);
            Console.Out.WriteLine($"""
                {folder}: a project for the {template.Noun} {given.Vendor}/{given.Name}. Next:
                  cd {folder}
                  dotnet build -c Release
                  dotnet test -c Release
                  flcrowd run {given.Name}.conf
                """);
            return ExitCode.Done;
        });
        return command;
    }
}
