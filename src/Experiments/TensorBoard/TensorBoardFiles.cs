using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tables;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Hocon;
using FLCrowd.Experiments.Identity;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.TensorBoard;

/// <summary>
/// What the tables of a run, or of a collection and its runs, say, as curves for TensorBoard: <c>tensorboard --logdir DIR/tensorboard</c>.
/// They are made from the tables alone, so that equal tables have equal files. docs/run-directory.md lists folders and tags.
/// </summary>
internal static class TensorBoardFiles
{
    /// <param name="directory">The folder of the run, or of the collection.</param>
    /// <param name="kinds">All kinds of experiments.</param>
    /// <exception cref="SettingException">A table is not what a run writes.</exception>
    /// <exception cref="DiskException">A file cannot be written.</exception>
    public static void Write(RunDirectory directory, ExperimentKinds kinds)
    {
        if (!RunDirectory.IsRun(directory.Path))
        {
            return;
        }

        var record = directory.Read();
        foreach (var part in (record.Parts ?? []).Select(directory.PathOf).Where(RunDirectory.IsRun))
        {
            Write(RunDirectory.Open(part), kinds);
        }

        if (record.Parts is null && File.Exists(directory.PathOf(EpisodeTable.Schema.File)))
        {
            var run = WrittenTables.Of(SettingsTree.Merge(ExperimentSources.Reference, record.Configuration), kinds).Columns;
            var folder = directory.PathOf(RunLayout.TensorBoardFolder);
            foreach (var (path, curves) in Read(directory.Path, [.. run.Swept, .. run.Play]))
            {
                curves.Write(Path.Combine(folder, path));
            }
        }
    }

    /// <summary>By folder, the curves.</summary>
    /// <param name="directory">The run's folder.</param>
    /// <param name="played">The columns that say what a game is a play of.</param>
    private static Dictionary<string, GameCurves> Read(string directory, IReadOnlyList<Column> played)
    {
        // Numbers of a replicate, draw or revision tell games of a cell apart, which follow each other.
        var cells = played.Where(column => column.Type != ColumnType.Whole).Select(column => column.Name).ToList();
        var names = new FolderNames();
        var all = new Dictionary<string, GameCurves>();
        using var rounds = new RowsByEpisode(CsvRows.Of(directory, RoundTable.Schema), RoundTable.Episode);
        using var clients = new RowsByEpisode(CsvRows.Of(directory, ClientTable.Schema), ClientTable.Episode);
        foreach (var row in CsvRows.Of(directory, EpisodeTable.Schema))
        {
            var seed = FormattableString.Invariant($"seed-{row[EpisodeTable.Seed]}");
            var folder = cells.Count == 0 ? seed : Path.Combine(names.Of(Cell(row, cells)), seed);
            var curves = all.TryGetValue(folder, out var known) ? known : all[folder] = new GameCurves();
            int episode = row[EpisodeTable.Episode];
            curves.Add(row, rounds.Of(episode), clients.Of(episode));
        }

        return all;
    }

    /// <summary>A regret experiment's profile has no deviation to be named by.</summary>
    private static string Cell(TableRow row, IEnumerable<string> columns) =>
        string.Join(',', columns.Where(column => row.Text(column).Length > 0).Select(column => $"{column}={row.Text(column)}"))
            is { Length: > 0 } cell ? cell : "profile";

    /// <summary>A table that is in the order of episodes, read once, beside others.</summary>
    private sealed class RowsByEpisode : IDisposable
    {
        private readonly IEnumerator<TableRow> _rows;
        private readonly Column<int> _episode;
        private bool _hasMore;

        public RowsByEpisode(IEnumerable<TableRow> rows, Column<int> episode)
        {
            (_rows, _episode) = (rows.GetEnumerator(), episode);
            _hasMore = _rows.MoveNext();
        }

        /// <summary>The rows of an episode; each is to be read before the next one is asked for.</summary>
        public IEnumerable<TableRow> Of(int episode)
        {
            for (; _hasMore && _rows.Current[_episode] <= episode; _hasMore = _rows.MoveNext())
            {
                if (_rows.Current[_episode] == episode)
                {
                    yield return _rows.Current;
                }
            }
        }

        public void Dispose() => _rows.Dispose();
    }
}
