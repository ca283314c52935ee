using System.CommandLine;
using FLCrowd.Host.Shell;
using FLCrowd.Host.Templates;

namespace FLCrowd.Host.Commands;

/// <summary><c>flcrowd new strategy | mechanism | data-set NAME</c>.</summary>
internal static class NewCommand
{
    private const string CSharp = "csharp";
    private const string Python = "python";

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
        var language = Argued.Text("--language", "LANGUAGE", "csharp (the default) or python (strategies and mechanisms).");
        var command = new Command(template.Kind, $"Writes a project for a {template.Noun} of your own, with tests and an experiment.")
        {
            name, directory, language,
        };
        command.SetAction(parsed =>
        {
            var given = PluginName.Parse(parsed.GetRequiredValue(name));
            var chosen = InLanguage(template, parsed.GetValue(language) ?? CSharp);
            var folder = parsed.GetValue(directory) ?? given.Name;
            PluginProject.Write(chosen, given, folder);
            Console.Out.WriteLine($"{folder}: a project for the {template.Noun} {given.Vendor}/{given.Name}. Next:");
            foreach (var step in chosen.NextSteps(given).Prepend($"cd {folder}"))
            {
                Console.Out.WriteLine($"  {step}");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static PluginTemplate InLanguage(PluginTemplate template, string language)
    {
        var python = PluginTemplate.Python.FirstOrDefault(other => other.Kind == template.Kind);
        return language switch
        {
            CSharp => template,
            Python when python is not null => python,
            _ => throw new SettingException(
                "--language", $"is '{language}'; a {template.Noun} is written in {(python is null ? CSharp : $"{CSharp} or {Python}")}"),
        };
    }
}
