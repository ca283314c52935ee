using System.ComponentModel;

namespace FLCrowd.Model.Partitions;

internal sealed class ByColumnOptions
{
    [Description("The column of the data set that says whose a sample is.")]
    public string Column { get; set; } = "";
}

/// <summary>
/// The partition <c>by-column</c>, natural clients: client i holds samples of the i-th value of a column, in ordinal order of its values.
/// Samples with an empty field are nobody's. Clients are disjoint; of a client's samples those that it holds are a uniform choice, in
/// random order, or all of them in the order of the data set.
/// </summary>
internal sealed class ByColumnPartition : INaturalPartition
{
    private const int MostShown = 8;

    private readonly (string Value, int[] Samples)[] _owners;

    /// <exception cref="SettingException">There is no such column, or there are more clients than values, or some have too few
    /// samples.</exception>
    public ByColumnPartition(ByColumnOptions options, PartitionSetup setup)
    {
        var (data, path) = (setup.Data, $"{setup.Settings.Choice.Path}.column");
        if (!data.Columns.TryGetValue(options.Column, out var column))
        {
            string asked = options.Column.Length == 0 ? "is not set" : $"is {options.Column}";
            throw new SettingException(path, data.Columns.Count == 0
                ? $"{asked}, and '{data.Name}' has no columns beside features and label; use another partition"
                : $"{asked}; must be a column of '{data.Name}': {Shown([.. data.Columns.Keys.Order(StringComparer.Ordinal)])}");
        }

        _owners = [.. column.Index()
            .Where(field => field.Item.Length > 0)
            .GroupBy(field => field.Item, field => field.Index, StringComparer.Ordinal)
            .OrderBy(owner => owner.Key, StringComparer.Ordinal)
            .Select(owner => (owner.Key, owner.ToArray()))];
        if (setup.Clients > _owners.Length)
        {
            throw new SettingException(
                "data.clients",
                $"is {setup.Clients}, but the column {options.Column} of '{data.Name}' has {_owners.Length} values; must be at most that");
        }

        int poor = Enumerable.Range(0, setup.Clients).FirstOrDefault(client => setup.Settings.CountOf(client) > CountOf(client), -1);
        if (poor >= 0)
        {
            throw new SettingException(
                "data.samples-per-client",
                $"is {setup.Settings.CountOf(poor)} for client {poor}, {options.Column} {_owners[poor].Value}, which has {CountOf(poor)} "
                + "samples; must be at most that, or all");
        }
    }

    public int CountOf(int client) => _owners[client].Samples.Length;

    public void Draw(int client, Seed seed, Span<int> samples)
    {
        var own = _owners[client].Samples;
        if (samples.Length == own.Length)
        {
            own.CopyTo(samples);
            return;
        }

        int[] deck = [.. own];
        Shuffle.First(deck, samples.Length, seed);
        deck.AsSpan(0, samples.Length).CopyTo(samples);
    }

    private static string Shown(string[] names) => names.Length <= MostShown
        ? string.Join(", ", names)
        : $"{string.Join(", ", names[..MostShown])}, ... ({names.Length} in all)";
}
