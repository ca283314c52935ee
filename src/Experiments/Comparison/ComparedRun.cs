using System.Text.Json.Nodes;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Hocon;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Comparison;

/// <summary>What a comparison needs of a run: its settings, and what came out of its games.</summary>
/// <param name="Folder">The run's folder, as the user named it.</param>
/// <param name="Record">What it says of itself.</param>
/// <param name="Settings">All its settings as JSON, by path, in their order.</param>
/// <param name="Outcomes">What came out, by quantity and game: means over the game's episodes; quantities in the order of tables.</param>
internal sealed record ComparedRun(
    string Folder,
    RunRecord Record,
    IReadOnlyDictionary<string, string> Settings,
    IReadOnlyDictionary<string, IReadOnlyDictionary<ComparedGame, double>> Outcomes)
{
    /// <summary>Kinds of experiments whose games are comparable one by one: the others decide as they go what they play.</summary>
    private static readonly string[] Paired = ["play", "sweep"];

    /// <summary>Whether its games can be held against another run's.</summary>
    public bool HasGames => Paired.Contains(Record.Kind);

    /// <exception cref="SettingException">The folder is not that of a run, or a table is not what a run writes.</exception>
    public static ComparedRun Read(string folder)
    {
        var directory = RunDirectory.Open(folder);
        var record = directory.Read();
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Flatten(record.Configuration, "", settings);
        var run = new ComparedRun(folder, record, settings, new Dictionary<string, IReadOnlyDictionary<ComparedGame, double>>());
        return run.HasGames && File.Exists(directory.PathOf(EpisodeTable.Schema.File)) ? run with { Outcomes = run.Played() } : run;
    }

    private Dictionary<string, IReadOnlyDictionary<ComparedGame, double>> Played()
    {
        var sums = new Dictionary<string, Dictionary<ComparedGame, (double Sum, int Count)>>();
        var (games, plays) = (new Dictionary<int, ComparedGame>(), new Dictionary<(string Cell, ulong Seed), int>());
        var episodes = new Dictionary<int, ComparedGame>();
        foreach (var row in CsvRows.Of(Folder, EpisodeTable.Schema))
        {
            int number = row[EpisodeTable.Game];
            if (!games.TryGetValue(number, out var game))
            {
                string[] cell = [.. Record.Swept.Select(row.Text)];
                var same = (string.Join('\u001f', cell), row[EpisodeTable.Seed]);
                plays[same] = plays.GetValueOrDefault(same) + 1;
                games[number] = game = new ComparedGame(same.Item1, cell, same.Item2, plays[same]);
            }

            episodes[row[EpisodeTable.Episode]] = game;
            Add("test loss", game, row[EpisodeTable.TestLoss]);
            Add("accuracy", game, row[EpisodeTable.Accuracy]);
            Add("macro-F1", game, row.Wanted(EpisodeTable.MacroF1));
            Add("training loss", game, row[EpisodeTable.TrainingLoss]);
            Add("server payoff", game, row[EpisodeTable.ServerPayoff]);
            Add("total reward", game, row[EpisodeTable.TotalReward]);
        }

        foreach (var row in CsvRows.Of(Folder, ClientTable.Schema))
        {
            var strategy = row[ClientTable.Strategy];
            Add($"payoff of {strategy}", episodes[row[ClientTable.Episode]], row[ClientTable.Payoff]);
            Add($"effort of {strategy}", episodes[row[ClientTable.Episode]], row[ClientTable.Effort]);
        }

        return sums.ToDictionary(
            quantity => quantity.Key,
            quantity => (IReadOnlyDictionary<ComparedGame, double>)quantity.Value.ToDictionary(
                game => game.Key, game => game.Value.Sum / game.Value.Count));

        void Add(string quantity, ComparedGame game, double value)
        {
            if (!double.IsNaN(value))
            {
                var of = sums.TryGetValue(quantity, out var known) ? known : sums[quantity] = [];
                var (sum, count) = of.GetValueOrDefault(game);
                of[game] = (sum + value, count + 1);
            }
        }
    }

    private static void Flatten(JsonNode? node, string path, SortedDictionary<string, string> settings)
    {
        if (node is JsonObject block)
        {
            foreach (var (key, value) in block)
            {
                Flatten(value, SettingPath.Join(path, key), settings);
            }
        }
        else
        {
            settings[path] = node?.ToJsonString() ?? "null";
        }
    }
}

/// <summary>A game of a run, by what it shares with the other run's: its cell, its seed, and which play of that seed it is.</summary>
/// <param name="Key">The cell, to compare by.</param>
/// <param name="Cell">Its values of the swept columns.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Play">Of the games of that cell and seed, from 1.</param>
internal sealed record ComparedGame(string Key, IReadOnlyList<string> Cell, ulong Seed, int Play)
{
    /// <inheritdoc/>
    public bool Equals(ComparedGame? other) => other is not null && (Key, Seed, Play) == (other.Key, other.Seed, other.Play);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Key, Seed, Play);
}
