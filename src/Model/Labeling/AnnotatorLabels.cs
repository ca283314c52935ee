namespace FLCrowd.Model.Labeling;

/// <summary>
/// What the workers that a client is answered. Workers are dealt out in a random order, and once more in another one when all are dealt.
/// Of several answers of a client's workers one is drawn; a sample that none of them answered has the majority of all workers' answers.
/// </summary>
internal sealed class AnnotatorLabels : LabelGiver
{
    private readonly AnnotatorTable _table;
    private readonly DataSet _data;
    private readonly int _perClient;
    private readonly Lazy<int[]> _dealt;

    /// <exception cref="SettingException">There are not so many workers.</exception>
    public AnnotatorLabels(AnnotatorTable table, DataSet data, int perClient, int clients, Seed seed)
    {
        (_table, _data, _perClient) = (table, data, perClient);
        if (perClient > table.WorkerCount)
        {
            throw new SettingException(
                "data.labels.annotators.workers-per-client",
                $"is {perClient}; the table has {table.WorkerCount} workers, so it must be at most that");
        }

        _dealt = new(() => Deal(table.WorkerCount, checked(clients * perClient), seed));
    }

    /// <summary>The workers that a client is, by their numbers.</summary>
    public ReadOnlySpan<int> WorkersOf(int client) => _dealt.Value.AsSpan(client * _perClient, _perClient);

    public override int Label(int client, int sample, int position, in LabelDraws draws)
    {
        var seed = draws.Worker;
        int answer = _table.OneOf(sample, WorkersOf(client), answers => seed.Index(answers, position));
        return answer == Unknown ? _table.Majority(sample) : answer;
    }

    public override double? Wrong(int client, int sample)
    {
        byte right = _data.Training.Labels[sample];
        return _table.Wrong(sample, WorkersOf(client), right)
            ?? (_table.Majority(sample) is var majority && majority == Unknown ? null : majority == right ? 0 : 1);
    }

    private static int[] Deal(int workers, int places, Seed seed)
    {
        var dealt = new int[places];
        for (int start = 0, lap = 0; start < places; start += workers, lap++)
        {
            int[] order = [.. Enumerable.Range(0, workers)];
            Partitions.Shuffle.Of(order, seed.For("lap", lap));
            order.AsSpan(0, Math.Min(workers, places - start)).CopyTo(dealt.AsSpan(start));
        }

        return dealt;
    }
}
