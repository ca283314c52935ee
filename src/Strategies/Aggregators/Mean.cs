namespace FLCrowd.Strategies.Aggregators;

internal sealed class Mean : ILinearAggregator
{
    public double Coefficient(double weight) => weight;
}
