using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using FLCrowd.Actors.Builds;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Identity;
using FLCrowd.Experiments.Loading;

namespace FLCrowd.Experiments.Games;

/// <summary>
/// Constants of games that were estimated before, one small file each. They are a pure function of what their file is named after, so
/// a value from here has the same bits as one that is estimated again.
/// </summary>
/// <param name="directory">The folder; null: nothing is kept.</param>
/// <param name="build">The program.</param>
internal sealed class ConstantsCache(string? directory, ProgramBuild build)
{
    private static readonly JsonSerializerOptions Json = new() { RespectNullableAnnotations = true };
    private static readonly ConditionalWeakTable<DataSet, string> Checksums = [];

    /// <summary>The cache that <c>execution.cache</c> asks for.</summary>
    /// <exception cref="SettingException">A folder was named, and cannot be made.</exception>
    public static ConstantsCache Open(string setting)
    {
        if (setting is "auto" or "off")
        {
            return new ConstantsCache(setting == "auto" ? UsersFolder() : null, ThisProgram.Build);
        }

        try
        {
            return new ConstantsCache(Directory.CreateDirectory(setting).FullName, ThisProgram.Build);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingException(
                "execution.cache", $"is {setting}, which cannot be written: {e.Message}; must be auto, off or a folder");
        }
    }

    /// <summary>The constants of a game, from an earlier estimate if there is one.</summary>
    /// <param name="game">The game.</param>
    /// <param name="weights">p_i, in client order.</param>
    /// <param name="batchSizes">D', in client order.</param>
    /// <param name="model">The game's model.</param>
    /// <param name="data">The data set that the model uses.</param>
    /// <param name="estimate">Estimates them.</param>
    /// <param name="partition">The checksum of the plug-in that deals the data out; null where the program does.</param>
    public LearningConstants Of(
        GameDefinition game, IReadOnlyList<double> weights, IReadOnlyList<int> batchSizes, ILearningModel model, DataSet data,
        Func<LearningConstants> estimate,
        string? partition = null)
    {
        if (directory is null)
        {
            return estimate();
        }

        var file = Path.Combine(directory, $"constants-{Name(game, weights, batchSizes, model, data, partition)}.json");
        if (Read(file) is { } known)
        {
            return known;
        }

        var constants = estimate();
        Write(file, constants);
        return constants;
    }

    /// <summary>A checksum of all that the constants depend on.</summary>
    private string Name(
        GameDefinition game, IReadOnlyList<double> weights, IReadOnlyList<int> batchSizes, ILearningModel model,
        DataSet data, string? partition) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new
        {
            Program = build.Checksum,
            Plugin = PluginContext.Of(model.GetType().Assembly)?.Checksum,
            PartitionPlugin = partition,
            Data = ChecksumOf(data),
            game.Seed,
            game.Learning.Partition,
            game.Learning.Labels,
            ModelName = game.Learning.Model.Name,
            game.Learning.Model.Options,
            game.Learning.Protocol,
            Weights = weights,
            BatchSizes = batchSizes,
        })));

    /// <summary>A checksum of all samples; computed once per data set.</summary>
    public static string ChecksumOf(DataSet data) => Checksums.GetValue(data, Checksum);

    private static string Checksum(DataSet data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(new { data.ClassCount, data.Shape, data.Training.Count }));
        var piece = new float[1 << 14];
        foreach (var part in (LabeledSamples[])[data.Training, data.Test])
        {
            for (long start = 0; start < part.FeatureCount; start += piece.Length)
            {
                var features = piece.AsSpan(0, (int)Math.Min(piece.Length, part.FeatureCount - start));
                part.CopyFeatures((int)start, features);
                hash.AppendData(MemoryMarshal.AsBytes(features));
            }

            hash.AppendData(part.Labels);
        }

        // Partitions and labels may come from columns.
        if (data.Columns.Count > 0)
        {
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(data.Columns.OrderBy(column => column.Key, StringComparer.Ordinal)));
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(data.ClassNames));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>What a file holds; null where it is not there, or is not what was written.</summary>
    private static LearningConstants? Read(string file)
    {
        try
        {
            return CheckedFile.Read(file) is { } bytes ? JsonSerializer.Deserialize<LearningConstants>(bytes, Json) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>What cannot be kept is estimated again.</summary>
    private static void Write(string file, LearningConstants constants) => Disk.Try(() =>
    {
        Disk.CreateFolder(Path.GetDirectoryName(file)!);
        CheckedFile.Write(file, JsonSerializer.SerializeToUtf8Bytes(constants, Json));
    });

    /// <summary>Where the user's programs keep such things; null where there is no such place.</summary>
    private static string? UsersFolder()
    {
        string? folder = OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named && Path.IsPathRooted(named)
                ? named
                : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home
                    ? Path.Combine(home, ".cache")
                    : null;
        return string.IsNullOrEmpty(folder) ? null : Path.Combine(folder, "flcrowd");
    }
}
