using System.Text.Json.Nodes;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Hocon;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments;

namespace FLCrowd.Host.Tests;

public class ReferenceSpec
{
    public static TheoryData<string> Keys => [.. Leaves(ExperimentSources.Reference, "")];

    /// <summary>Nothing that is read is missing in the reference, and nothing in it is unknown: both would be errors.</summary>
    [Fact]
    public void Every_key_that_is_read_is_in_the_reference() =>
        Settings.Read(ExperimentSources.Reference, Configured.Catalog, ExperimentList.BuiltIn);

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_key_in_the_reference_is_read(string path)
    {
        var tree = ExperimentSources.Reference;
        var keys = SettingPath.Split(path);
        var parent = keys.SkipLast(1).Aggregate(tree, (node, key) => (JsonObject)node[key]!);
        parent.Remove(keys[^1]);
        Assert.Equal(
            $"{path}: is missing",
            Assert.Throws<SettingException>(() => Settings.Read(tree, Configured.Catalog, ExperimentList.BuiltIn)).Message);
    }

    [Fact]
    public void Every_key_in_the_reference_has_a_comment()
    {
        using var stream = typeof(ExperimentSources).Assembly.GetManifestResourceStream("reference.conf")!;
        var lines = new StreamReader(stream).ReadToEnd().Split('\n');
        var bare = lines.Index().Where(line => line.Item.Contains(" = ", StringComparison.Ordinal)
            && !line.Item.TrimStart().StartsWith('#') && !line.Item.TrimStart().StartsWith("{ strategy", StringComparison.Ordinal)
            && !lines[line.Index - 1].TrimStart().StartsWith('#'));
        Assert.Empty(bare);
    }

    private static IEnumerable<string> Leaves(JsonObject tree, string path) =>
        tree.SelectMany(entry => entry.Value is JsonObject { Count: > 0 } inner
            ? Leaves(inner, SettingPath.Join(path, entry.Key))
            : [SettingPath.Join(path, entry.Key)]);
}
