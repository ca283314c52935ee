using System.Numerics.Tensors;

namespace FLCrowd.Model.Estimation;

/// <summary>
/// Nesterov's accelerated gradient for an L-smooth, mu-strongly convex function (Introductory Lectures on Convex Optimization,
/// 2.2.11): steps of 1/L from y = w + b (w - w_before), b = (sqrt L - sqrt mu) / (sqrt L + sqrt mu).
/// </summary>
internal static class AcceleratedGradient
{
    /// <summary>Writes the gradient at a point.</summary>
    public delegate void GradientAt(double[] point, double[] gradient);

    /// <summary>Finds a point where the gradient is no longer than the tolerance; null: not within the steps allowed.</summary>
    /// <param name="gradientAt">The gradient.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="smoothness">L.</param>
    /// <param name="convexity">mu, above 0.</param>
    /// <param name="tolerance">The length of the gradient that is small enough.</param>
    /// <param name="mostSteps">The number of steps allowed.</param>
    public static double[]? Minimise(
        GradientAt gradientAt, double[] start, double smoothness, double convexity, double tolerance, int mostSteps)
    {
        double momentum = (Math.Sqrt(smoothness) - Math.Sqrt(convexity)) / (Math.Sqrt(smoothness) + Math.Sqrt(convexity));
        double[] before = [.. start], point = [.. start];
        var gradient = new double[start.Length];
        var next = new double[start.Length];
        for (int step = 0; step < mostSteps; step++)
        {
            gradientAt(point, gradient);
            if (TensorPrimitives.Norm<double>(gradient) <= tolerance)
            {
                return point;
            }

            TensorPrimitives.MultiplyAdd<double>(gradient, -1 / smoothness, point, next);
            TensorPrimitives.Subtract<double>(next, before, point);
            TensorPrimitives.MultiplyAdd<double>(point, momentum, next, point);
            (before, next) = (next, before);
        }

        return null;
    }
}
