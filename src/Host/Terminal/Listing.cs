using System.Text;
using FLCrowd.Experiments.Configuration;

namespace FLCrowd.Host.Terminal;

/// <summary>What can be chosen, as text that also reads well in a pipe.</summary>
internal static class Listing
{
    private const int Width = 100;

    public static string Plugins(IReadOnlyList<PluginDescription> plugins)
    {
        var text = new StringBuilder();
        foreach (var plugin in plugins)
        {
            text.Append(plugin.Name).Append('\n');
            Wrap(text, plugin.Description, "  ");
            foreach (var option in plugin.Options)
            {
                var range = option.Range.Length > 0 ? $", {option.Range}" : "";
                Wrap(text, $"{option.Name} = {option.Default}  ({option.Type}{range})", "    ");
                Wrap(text, option.Description, "        ");
            }
        }

        return text.ToString();
    }

    public static string Experiments(IEnumerable<ExperimentSource> experiments)
    {
        var text = new StringBuilder();
        foreach (var experiment in experiments)
        {
            text.Append(experiment.Name).Append('\n');
            Wrap(text, experiment.Description, "  ");
        }

        return text.ToString();
    }

    private static void Wrap(StringBuilder text, string words, string indent)
    {
        int column = 0;
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (column > 0 && column + 1 + word.Length > Width)
            {
                text.Append('\n');
                column = 0;
            }

            text.Append(column == 0 ? indent : " ").Append(word);
            column += (column == 0 ? indent.Length : 1) + word.Length;
        }

        if (column > 0)
        {
            text.Append('\n');
        }
    }
}
