using FLCrowd.Actors.Recording;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Sweeps;

/// <summary>Reads classes.csv, row by row: how well the final models of each cell know each class.</summary>
internal static class ClassMeans
{
    /// <param name="directory">The run's folder.</param>
    /// <param name="episodes">By number, an episode's cell and game.</param>
    /// <returns>The classes of each cell; none where the run did not ask for them.</returns>
    /// <exception cref="SettingException">The table is not what a run writes.</exception>
    public static ILookup<string, ClassSummary> Read(string directory, Dictionary<int, (string Cell, int Game)> episodes)
    {
        var means = new GroupedMeans<(string Cell, int Class)>(4);
        var names = new Dictionary<(string Cell, int Class), string>();
        if (File.Exists(Path.Combine(directory, ClassTable.Schema.File)))
        {
            foreach (var row in CsvRows.Of(directory, ClassTable.Schema))
            {
                if (episodes.TryGetValue(row[ClassTable.Episode], out var played))
                {
                    var group = (played.Cell, row[ClassTable.Class]);
                    names[group] = row[ClassTable.Name];
                    means.Add(
                        group, played.Game, row[ClassTable.Samples], row[ClassTable.Predicted], row[ClassTable.Recall], row[ClassTable.F1]);
                }
            }
        }

        return means.Groups.ToLookup(group => group.Cell, group =>
        {
            var mean = means.Result(group);
            return new ClassSummary(group.Class, names[group], mean[0].Mean, mean[1], mean[2], mean[3]);
        });
    }
}
