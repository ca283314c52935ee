using FLCrowd.Analysis.Statistics;
using FLCrowd.Tests;

namespace FLCrowd.Analysis.Tests;

/// <summary>What others compile against changes on purpose or not at all.</summary>
public class PublicApiSpec
{
    [Fact]
    public void The_public_interface_is_the_accepted_one() => PublicApi.Check(typeof(Moments).Assembly);

    [Fact]
    public void It_needs_only_the_contracts_and_numerics() => Assert.Equal(
        ["FLCrowd.Abstractions", "MathNet.Numerics"],
        typeof(Moments).Assembly.GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal)).Order());
}
