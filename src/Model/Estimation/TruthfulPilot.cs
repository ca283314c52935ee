namespace FLCrowd.Model.Estimation;

/// <summary>One episode in which everyone does what is asked: what the maxima over a trajectory are taken over.</summary>
internal static class TruthfulPilot
{
    // Most changes early; later rounds are sampled evenly.
    private const int AllUntil = 64;
    private const int Later = 64;

    /// <summary>The global models w_0, w_1, ..., w_T; of a long episode, the first and some of the later ones, w_T included.</summary>
    /// <param name="model">The model.</param>
    /// <param name="weights">p_i: the server takes the weighted mean.</param>
    /// <param name="protocol">How the crowd trains.</param>
    /// <param name="batchSizes">D', in client order.</param>
    /// <param name="seed">Draws of the pilot.</param>
    public static IEnumerable<float[]> Play(
        ILearningModel model, IReadOnlyList<double> weights, TrainingProtocol protocol, IReadOnlyList<int> batchSizes, Seed seed)
    {
        var global = new float[model.ParameterCount];
        model.Initialise(global);
        yield return [.. global];
        ClientLabels[] labels = [.. weights.Select((_, client) => new ClientLabels(client, 1, null))];
        float[][] locals = [.. weights.Select(_ => new float[global.Length])];
        var sum = new WeightedSum(global.Length);
        int stride = Math.Max(1, protocol.Rounds / Later);
        for (int round = 1; round <= protocol.Rounds; round++)
        {
            SideBySide.Run(weights.Count, client => model.Train(
                global,
                protocol,
                [new LocalTask
                {
                    Labels = labels[client],
                    BatchSize = batchSizes[client],
                    Seed = seed.For("training", client, round),
                    Local = locals[client],
                }]));
            sum.Clear();
            for (int client = 0; client < weights.Count; client++)
            {
                sum.Add(locals[client], weights[client]);
            }

            sum.WriteMean(global);
            if (round <= AllUntil || round % stride == 0 || round == protocol.Rounds)
            {
                yield return [.. global];
            }
        }
    }
}
