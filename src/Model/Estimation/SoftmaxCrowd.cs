using System.Numerics.Tensors;

namespace FLCrowd.Model.Estimation;

/// <summary>
/// The losses of all clients of softmax regression. Clients are worked on side by side; sums are over fixed groups of consecutive
/// clients, so results have the same bits for any number of threads.
/// </summary>
/// <param name="loss">The loss over any samples.</param>
/// <param name="rows">Each client's samples.</param>
/// <param name="weights">p_i.</param>
internal sealed class SoftmaxCrowd(SoftmaxLoss loss, IReadOnlyList<int[]> rows, IReadOnlyList<double> weights)
{
    private const int MostGroups = 16;

    private readonly double[][] _partial =
        [.. Enumerable.Range(0, Math.Min(MostGroups, rows.Count)).Select(_ => new double[loss.Length])];

    /// <summary>The number of clients N.</summary>
    public int ClientCount => rows.Count;

    /// <summary>F_i and its gradients at w, of every client.</summary>
    public LossMoments[] Moments(double[] w) =>
        SideBySide.OfEach(ClientCount, client => loss.Evaluate(w, rows[client], new double[loss.Length]));

    /// <summary>Writes the gradient of F_i at w.</summary>
    public void GradientOf(int client, double[] w, double[] gradient) => loss.Evaluate(w, rows[client], gradient);

    /// <summary>Writes the gradient of F = sum_i p_i F_i at w. One call at a time.</summary>
    public void Gradient(double[] w, double[] gradient)
    {
        SideBySide.Run(_partial.Length, group =>
        {
            var sum = _partial[group];
            Array.Clear(sum);
            var own = new double[sum.Length];
            int end = (int)((long)ClientCount * (group + 1) / _partial.Length);
            for (int client = (int)((long)ClientCount * group / _partial.Length); client < end; client++)
            {
                loss.Evaluate(w, rows[client], own);
                TensorPrimitives.MultiplyAdd<double>(own, weights[client], sum, sum);
            }
        });
        Array.Clear(gradient);
        foreach (var sum in _partial)
        {
            TensorPrimitives.Add<double>(gradient, sum, gradient);
        }
    }
}
