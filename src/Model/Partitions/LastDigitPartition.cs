using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Model.Partitions;

internal sealed class LastDigitOptions
{
    [Range(0.0, 1.0)]
    [Description("The share of a client's samples of the class of its index's last digit; data.heterogeneity where it is not set.")]
    public double? Heterogeneity { get; set; }
}

/// <summary>
/// The partition <c>last-digit</c>: exactly round(heterogeneity n) samples of the class client mod K, the others uniform over the training
/// set (the paper's experiments, where K = 10 and the class is the last digit of the client's index).
/// </summary>
internal sealed class LastDigitPartition : IPartition
{
    private readonly DataSet _data;
    private readonly double _heterogeneity;
    private readonly int[][] _members;

    /// <exception cref="SettingException">The share is none, or the data set lacks a class.</exception>
    public LastDigitPartition(LastDigitOptions options, PartitionSetup setup)
    {
        _heterogeneity = options.Heterogeneity ?? setup.Settings.Heterogeneity;
        if (!(_heterogeneity is >= 0 and <= 1))
        {
            throw new SettingException("data.heterogeneity", $"is {_heterogeneity}; must be at least 0 and at most 1");
        }

        (_data, _members) = (setup.Data, ClassMembers.Of(setup.Data));
    }

    public void Draw(int client, Seed seed, Span<int> samples)
    {
        int ofClass = (int)Math.Round(_heterogeneity * samples.Length, MidpointRounding.AwayFromZero);
        var own = _members[client % _data.ClassCount];
        for (int j = 0; j < ofClass; j++)
        {
            samples[j] = own[seed.Index(own.Length, j)];
        }

        IidPartition.Fill(_data, seed, samples, ofClass);
    }
}
