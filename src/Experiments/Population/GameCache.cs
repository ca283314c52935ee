using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using FLCrowd.Actors.Builds;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Identity;

namespace FLCrowd.Experiments.Population;

/// <summary>
/// Games that were played before, one small file each, named after a checksum of all that they depend on: the prepared game with its seeds,
/// the builds of the program and of plug-ins, the data. Games are pure functions of these, so what comes from here has the bits of a game
/// that is played again, whichever run asks, and whatever its other profiles are.
/// </summary>
/// <param name="directory">The folder; null: nothing is kept.</param>
/// <param name="catalog">All plug-ins.</param>
/// <param name="build">The program.</param>
internal sealed class GameCache(string? directory, PluginCatalog catalog, ProgramBuild build)
{
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly Dictionary<string, string> _data = [];
    private readonly Dictionary<int, List<RecordedEpisode>> _open = [];

    /// <exception cref="SettingException">The folder cannot be made.</exception>
    public static GameCache Open(string? directory, PluginCatalog catalog)
    {
        try
        {
            return new GameCache(directory is null ? null : Directory.CreateDirectory(directory).FullName, catalog, ThisProgram.Build);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingException(
                "experiment.population.cache", $"is {directory}, which cannot be written: {e.Message}; must be off or a folder");
        }
    }

    public bool IsOn => directory is not null;

    /// <summary>The episodes of a game; null where it was not played before, or its file is not what was written.</summary>
    public IReadOnlyList<RecordedEpisode>? Find(GameDefinition game)
    {
        if (directory is null)
        {
            return null;
        }

        try
        {
            var kept = CheckedFile.Read(FileOf(game)) is { } bytes ? JsonSerializer.Deserialize<List<KeptEpisode>>(bytes, Json)! : [];
            return kept.Count != game.Episodes || kept.Any(episode => episode.Clients.Length != game.Crowd.Clients)
                ? null
                : [.. kept.Select((episode, index) => new RecordedEpisode(
                    game, game.FirstEpisode + index, episode.Result with { Game = game.Game }, episode.Clients))];
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or JsonException or ArgumentException or NullReferenceException)
        {
            return null;
        }
    }

    /// <summary>Keeps a game as soon as all of its episodes were handed over. What cannot be kept is played again.</summary>
    public void Add(RecordedEpisode episode)
    {
        if (directory is null)
        {
            return;
        }

        var episodes = _open.TryGetValue(episode.Game.Game, out var open) ? open : _open[episode.Game.Game] = [];
        episodes.Add(episode);
        if (episodes.Count < episode.Game.Episodes)
        {
            return;
        }

        _open.Remove(episode.Game.Game);
        var kept = episodes.Select(ended => new KeptEpisode(ended.Result with { Game = 0 }, [.. ended.Clients]));
        Disk.Try(() => CheckedFile.Write(FileOf(episode.Game), JsonSerializer.SerializeToUtf8Bytes(kept, Json)));
    }

    private string FileOf(GameDefinition game) => Path.Combine(directory!, $"game-{NameOf(game)}.json");

    private string NameOf(GameDefinition game) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            Program = build.Checksum,
            Plugins = catalog.Sources.Select(plugin => plugin.Checksum).Order(StringComparer.Ordinal),
            Data = DataOf(game),
            game.Seed,
            game.DrawSeed,
            game.Episodes,
            Learning = Unplaced(game.Learning),
            Incentive = game.Incentive with { Mechanism = Unplaced(game.Incentive.Mechanism) },
            Crowd = game.Crowd with { Groups = [.. game.Crowd.Groups.Select(group => group with { Strategy = Unplaced(group.Strategy) })] },
            game.Execution.CohortSize,
            game.Execution.EvaluateEvery,
            game.Execution.OnClientFailure,
            game.Revision,
            game.PublishesPayoffs,
            game.Wanted,
        },
        Json)));

    /// <summary>A checksum of the data, where the model reads any when it is made.</summary>
    private string DataOf(GameDefinition game)
    {
        var key = $"{game.Learning.DataSet}|{game.Learning.Model}";
        if (!_data.TryGetValue(key, out var known))
        {
            using var parts = GameParts.Of(game, catalog);
            _data[key] = known = parts.Data is { } data ? ConstantsCache.ChecksumOf(data) : "";
        }

        return known;
    }

    /// <summary>Where a choice stands in the configuration changes nothing.</summary>
    private static PluginChoice Unplaced(PluginChoice choice) => choice with { Path = "" };

    private static LearningDefinition Unplaced(LearningDefinition learning) => learning with
    {
        DataSet = Unplaced(learning.DataSet),
        Partition = learning.Partition with { Choice = Unplaced(learning.Partition.Choice) },
        Model = Unplaced(learning.Model),
        Aggregator = Unplaced(learning.Aggregator),
    };

    /// <summary>An episode as it is kept: without its game, which the file is named after.</summary>
    private sealed record KeptEpisode(EpisodeResult Result, ClientOutcome[] Clients);
}
