using System.Globalization;
using System.Text.Json.Nodes;
using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tables;

namespace FLCrowd.Host.Watching;

/// <summary>
/// The tables of a run as far as they are written, for a page: episodes with what clients did in them on average, the rounds of an
/// episode, its crowd, and a client's history. Nothing is kept in memory but an episode's summary and where its rows are. Not safe for
/// several threads.
/// </summary>
/// <param name="folder">The run's folder.</param>
internal sealed class RunTail(string folder)
{
    /// <summary>Clients that are sent one by one; of more, a cell is the mean of several.</summary>
    public const int MostCells = 100_000;

    /// <summary>Episodes of a client's history.</summary>
    public const int MostHistory = 400;

    /// <summary>Columns that are numbers to a browser: 53 bits are enough for them.</summary>
    private static readonly HashSet<string> Numbers =
    [
        EpisodeTable.Episode.Name, EpisodeTable.Game.Name, EpisodeTable.TrainingLoss.Name, EpisodeTable.TestLoss.Name,
        EpisodeTable.Accuracy.Name, EpisodeTable.TotalReward.Name, EpisodeTable.ServerPayoff.Name, EpisodeTable.PaidLoss.Name,
        EpisodeTable.Rent.Name, EpisodeTable.MacroF1.Name,
    ];

    private readonly List<string[]> _rows = [];
    private readonly List<CrowdMeans> _means = [];
    private TableTail _episodes = null!;
    private TableTail _rounds = null!;
    private TableTail _clients = null!;
    private ClientFields? _fields;

    /// <summary>Another number whenever what was read before counts no more: the tables are another run's.</summary>
    public int Generation { get; private set; }

    /// <summary>Episodes that are in all tables.</summary>
    public int Count { get; private set; }

    /// <summary>The names of the columns of episodes.csv.</summary>
    public IReadOnlyList<string> Header => _episodes?.Header ?? [];

    /// <summary>Takes what was written since the last look.</summary>
    public void Read()
    {
        if (_episodes is null || !(_episodes.Read() & _rounds.Read() & _clients.Read()))
        {
            Begin();
            _ = _episodes!.Read() & _rounds.Read() & _clients.Read();
        }

        Count = Math.Min(Math.Min(_episodes.Whole, _rounds.Whole), _clients.Whole);
    }

    /// <summary>Begins anew: another run took the folder.</summary>
    public void Begin()
    {
        Generation++;
        Count = 0;
        _rows.Clear();
        _means.Clear();
        _fields = null;
        _episodes = new TableTail(Path.Combine(folder, EpisodeTable.Schema.File), (_, _, row) => _rows.Add(CsvLine.Fields(row)));
        _rounds = new TableTail(Path.Combine(folder, RoundTable.Schema.File));
        _clients = new TableTail(Path.Combine(folder, ClientTable.Schema.File), TakeClient);
    }

    /// <summary>The episodes from a place on, at most so many: by column of episodes.csv, and <c>crowd</c>, as <see cref="CrowdMeans"/>
    /// has it; <c>clients</c> are how many there are.</summary>
    public JsonArray Episodes(int from, int most)
    {
        var list = new JsonArray();
        for (int index = from; index < Math.Min(Count, from + most); index++)
        {
            var episode = new JsonObject();
            foreach (var (column, text) in Header.Zip(_rows[index]))
            {
                episode[column] = Numbers.Contains(column) ? Number(text) : JsonValue.Create(text);
            }

            episode["clients"] = _clients.Episodes[index].Count;
            episode["crowd"] = _means[index].ToJson();
            list.Add(episode);
        }

        return list;
    }

    /// <summary>The evaluated rounds of an episode, each as round, training loss, test loss, accuracy; null: it is not there.</summary>
    public JsonArray? Rounds(int episode)
    {
        if (!IsThere(episode))
        {
            return null;
        }

        var rows = _rounds.Episodes[episode];
        var rounds = new JsonArray();
        TableTail.ForEachRow(_rounds.Bytes(rows.Start, rows.End), (_, row) =>
        {
            var fields = CsvLine.Fields(row);
            rounds.Add(new JsonArray([.. fields.Skip(1).Select(Number)]));
        });
        return rounds;
    }

    /// <summary>
    /// What the clients of an episode did: the length of a header, the header as JSON (<c>clients</c>, <c>cells</c>, clients <c>per</c>
    /// cell, <c>strategies</c>), and five arrays of little-endian doubles, a value per cell: e, D / D', gamma, u and the strategy's
    /// place among the names. NaN is none. Null: the episode is not there.
    /// </summary>
    public byte[]? Crowd(int episode)
    {
        if (!IsThere(episode))
        {
            return null;
        }

        var rows = _clients.Episodes[episode];
        var cells = new CrowdCells(rows.Count, MostCells);
        TableTail.ForEachRow(_clients.Bytes(rows.Start, rows.End), (_, row) => cells.Add(_fields!, row));
        return cells.ToBytes();
    }

    /// <summary>What a client did in the episodes of one game, the last ones: <c>columns</c> and <c>rows</c>, of clients.csv; null: there
    /// is no such client.</summary>
    /// <param name="client">The client.</param>
    /// <param name="episode">The last episode that counts.</param>
    public JsonObject? History(int client, int episode)
    {
        if (!IsThere(episode) || client < 0 || client >= _clients.Episodes[episode].Count)
        {
            return null;
        }

        int game = IndexOf(EpisodeTable.Game.Name);
        var rows = new List<JsonArray>();
        for (int index = episode; index >= 0 && rows.Count < MostHistory && _rows[index][game] == _rows[episode][game]; index--)
        {
            rows.Add(new JsonArray([.. _clients.Header.Zip(RowOf(client, index), Field)]));
        }

        rows.Reverse();
        return new JsonObject
        {
            ["columns"] = new JsonArray([.. _clients.Header.Select(name => JsonValue.Create(name))]),
            ["rows"] = new JsonArray([.. rows]),
        };
    }

    /// <summary>How long the whole episodes are in each of the growing tables, in bytes, by file.</summary>
    public IReadOnlyDictionary<string, long> Lengths => new (TableSchema Schema, TableTail Tail)[]
    {
        (EpisodeTable.Schema, _episodes), (RoundTable.Schema, _rounds), (ClientTable.Schema, _clients),
    }.ToDictionary(table => table.Schema.File, table => Count == 0 ? 0 : table.Tail.Episodes[Count - 1].End);

    private bool IsThere(int episode) => episode >= 0 && episode < Count;

    private int IndexOf(string column) => Header.Index().First(named => named.Item == column).Index;

    private void TakeClient(TableTail table, int episode, ReadOnlySpan<byte> row)
    {
        _fields ??= new ClientFields(table.Header);
        if (episode == _means.Count)
        {
            _means.Add(new CrowdMeans());
        }

        _means[episode].Add(_fields, row);
    }

    private string[] RowOf(int client, int episode)
    {
        var (from, to, place) = _clients.Episodes[episode].Around(client);
        string[] found = [];
        int at = 0;
        TableTail.ForEachRow(_clients.Bytes(from, to), (_, row) =>
        {
            if (at++ == place)
            {
                found = CsvLine.Fields(row);
            }
        });
        return found;
    }

    private static JsonValue? Field(string column, string text) =>
        column == ClientTable.Strategy.Name || column == ClientTable.Failure.Name ? JsonValue.Create(text) : Number(text);

    /// <summary>JSON has no other numbers.</summary>
    private static JsonValue? Number(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? JsonValue.Create(number) : null;
}
