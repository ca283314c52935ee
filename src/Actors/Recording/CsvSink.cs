using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Tables;

namespace FLCrowd.Actors.Recording;

/// <summary>
/// Writes episodes.csv, rounds.csv, clients.csv and, where it is asked for, classes.csv, whole episodes at a time. Nothing in them depends
/// on time or on nodes: two runs of the same experiment are compared byte for byte.
/// </summary>
public sealed class CsvSink : IEpisodeSink
{
    private readonly RunColumns _run;
    private readonly List<CsvTable> _tables = [];
    private readonly CsvTable _episodes;
    private readonly CsvTable _rounds;
    private readonly CsvTable _clients;
    private readonly CsvTable? _classes;

    /// <summary>Begins the tables of a plan.</summary>
    /// <param name="directory">An existing directory.</param>
    /// <param name="plan">What is played, or its first part.</param>
    /// <exception cref="DiskException">They cannot be written.</exception>
    public CsvSink(string directory, ExperimentPlan plan)
        : this(directory, new RunColumns { Swept = RunColumns.Texts(plan.SweptPaths), Wanted = plan.Wanted })
    {
    }

    /// <summary>Begins the tables.</summary>
    /// <param name="directory">An existing directory.</param>
    /// <param name="run">Which columns they have; the swept ones in the order of <see cref="GameDefinition.Swept"/>.</param>
    /// <exception cref="DiskException">They cannot be written.</exception>
    public CsvSink(string directory, RunColumns run)
    {
        _run = run;
        _episodes = Open(directory, EpisodeTable.Schema);
        _rounds = Open(directory, RoundTable.Schema);
        _clients = Open(directory, ClientTable.Schema);
        _classes = ClassTable.Schema.IsIn(run) ? Open(directory, ClassTable.Schema) : null;
    }

    /// <inheritdoc/>
    public void Write(RecordedEpisode episode)
    {
        try
        {
            Append(episode);
            _tables.ForEach(table => table.Flush());
            _tables.ForEach(table => table.Keep());
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _tables.ForEach(table => table.Dispose());

    private void Append(RecordedEpisode episode)
    {
        _episodes.Row(EpisodeTable.Schema.Fields(_run, episode));
        foreach (var round in episode.Result.Rounds)
        {
            _rounds.Row(RoundTable.Schema.Fields(_run, new RoundRow(episode.Number, round)));
        }

        foreach (var client in episode.Clients)
        {
            _clients.Row(ClientTable.Schema.Fields(_run, new ClientRow(episode.Number, client)));
        }

        foreach (var (index, tested) in (episode.Result.Classes ?? []).Index())
        {
            _classes?.Row(ClassTable.Schema.Fields(_run, new ClassRow(episode.Number, index, tested)));
        }
    }

    private CsvTable Open<TRow>(string directory, TableSchema<TRow> schema)
    {
        try
        {
            var table = new CsvTable(Path.Combine(directory, schema.File), schema.Header(_run));
            _tables.Add(table);
            return table;
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    /// <summary>Leaves the tables with the same episodes in all, and whole rows.</summary>
    private void Abandon()
    {
        _tables.ForEach(table => table.Abandon());
        _tables.Clear();
    }
}
