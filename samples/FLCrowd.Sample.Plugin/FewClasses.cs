using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Sample.Plugin;

internal sealed class FewClassesOptions
{
    [Range(1, 256)]
    [Description("Of how many classes each client has samples.")]
    public int Classes { get; set; } = 2;
}

/// <summary>
/// A partition in which every client knows a few classes only: client i those from class i times their number on, in a circle. Its samples
/// are uniform over what the data set has of these.
/// </summary>
internal sealed class FewClasses : IPartition
{
    private readonly int[][] _members;
    private readonly int _classes;

    public FewClasses(FewClassesOptions options, PartitionSetup setup)
    {
        var labels = setup.Data.Training.Labels;
        _classes = Math.Min(options.Classes, setup.Data.ClassCount);
        _members = [.. Enumerable.Range(0, setup.Data.ClassCount).Select(label =>
            Enumerable.Range(0, labels.Length).Where(sample => labels[sample] == label).ToArray())];
        if (Array.FindIndex(_members, members => members.Length == 0) is >= 0 and var empty)
        {
            throw new SettingException(setup.Settings.Choice.Path, $"needs samples of every class, but there are none of class {empty}");
        }
    }

    public void Draw(int client, Seed seed, Span<int> samples)
    {
        var (label, member) = (seed.For("class"), seed.For("member"));
        for (int j = 0; j < samples.Length; j++)
        {
            var members = _members[(int)(((long)client * _classes + label.Index(_classes, j)) % _members.Length)];
            samples[j] = members[member.Index(members.Length, j)];
        }
    }
}
