using FsCheck;
using FsCheck.Xunit;

namespace FLCrowd.Abstractions.Tests.Learning;

public class WeightedSumSpec
{
    [Property]
    public void Mean_is_the_weighted_mean(PositiveInt clients, PositiveInt length, int seed)
    {
        var reports = Reports(1 + clients.Get % 20, 1 + length.Get % 40, seed);
        var sum = new WeightedSum(reports[0].Model.Length);
        foreach (var report in reports)
        {
            sum.Add(report.Model.Span, report.Weight);
        }

        var mean = new float[reports[0].Model.Length];
        sum.WriteMean(mean);
        double weight = reports.Sum(report => report.Weight);
        Assert.Equal(weight, sum.Weight, tolerance: 1e-12);
        for (int k = 0; k < mean.Length; k++)
        {
            Assert.Equal(reports.Sum(report => report.Weight * report.Model.Span[k]) / weight, mean[k], tolerance: 1e-4);
        }
    }

    /// <summary>Cohorts add up their clients and the server adds up the cohorts: the bits may not depend on who computes.</summary>
    [Property]
    public void Partial_sums_add_up_to_the_same_bits_every_time(PositiveInt clients, PositiveInt cohort, int seed)
    {
        var reports = Reports(1 + clients.Get % 20, 9, seed);
        float[] Total()
        {
            var total = new WeightedSum(9);
            foreach (var members in reports.Chunk(1 + cohort.Get % 7))
            {
                var partial = new WeightedSum(9);
                foreach (var member in members)
                {
                    partial.Add(member.Model.Span, member.Weight);
                }

                total.AddPartial(partial.Sum.Span, partial.Weight);
            }

            var mean = new float[9];
            total.WriteMean(mean);
            return mean;
        }

        Assert.Equal(Total(), Total());
    }

    [Fact]
    public void A_partial_sum_counts_as_its_parts()
    {
        var sum = new WeightedSum(2);
        sum.Add([1, 2], 0.25);
        sum.AddPartial([3, 6], 0.5);
        Assert.Equal(0.75, sum.Weight);
        Assert.Equal([3.25f, 6.5f], sum.Sum.ToArray());
    }

    [Fact]
    public void Clear_starts_again()
    {
        var sum = new WeightedSum(1);
        sum.Add([7], 1);
        sum.Clear();
        sum.Add([2], 0.5);
        Assert.Equal(0.5, sum.Weight);
        Assert.Equal([1f], sum.Sum.ToArray());
    }

    [Fact]
    public void There_is_no_mean_of_nothing()
    {
        var sum = new WeightedSum(1);
        sum.Add([7], 0);
        Assert.Throws<InvalidOperationException>(() => sum.WriteMean(new float[1]));
    }

    [Fact]
    public void A_linear_aggregator_needs_its_coefficient_only()
    {
        IAggregator unweighted = new Unweighted();
        var next = new float[2];
        unweighted.Aggregate([0, 0], [Report(0, 0.9, [1, 2]), Report(1, 0.1, [3, 6])], next);
        Assert.Equal([2f, 4f], next);
    }

    private static ReportedModel[] Reports(int clients, int length, int seed) => [.. Enumerable.Range(0, clients).Select(client =>
    {
        var draws = new Seed((ulong)seed).For("report", client);
        return Report(client, 0.01 + draws.For("weight").Uniform(0), [.. Enumerable.Range(0, length).Select(k => (float)draws.Normal(k))]);
    })];

    private static ReportedModel Report(int client, double weight, float[] model) =>
        new() { Client = client, Weight = weight, Model = model };

    private sealed class Unweighted : ILinearAggregator
    {
        public double Coefficient(double weight) => 1;
    }
}
