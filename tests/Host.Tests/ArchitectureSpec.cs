using System.Reflection;

namespace FLCrowd.Host.Tests;

/// <summary>Abstractions - Model, Strategies, Actors - Host: dependencies point to the left.</summary>
public class ArchitectureSpec
{
    [Theory]
    [InlineData("FLCrowd.Abstractions", "")]
    [InlineData("FLCrowd.Analysis", "FLCrowd.Abstractions")]
    [InlineData("FLCrowd.Model", "FLCrowd.Abstractions")]
    [InlineData("FLCrowd.Strategies", "FLCrowd.Abstractions")]
    [InlineData("FLCrowd.Actors", "FLCrowd.Abstractions")]
    public void An_assembly_knows_only_what_stands_before_it(string name, string allowed)
    {
        var known = Assembly.Load(name).GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(reference => reference.StartsWith("FLCrowd.", StringComparison.Ordinal) || reference == "flcrowd");
        Assert.Empty(known.Except(allowed.Split(' ')));
    }

    [Fact]
    public void A_plug_in_author_needs_no_Akka_no_Torch_and_no_MessagePack() => Assert.DoesNotContain(
        typeof(IClientStrategy).Assembly.GetReferencedAssemblies(),
        reference => new[] { "Akka", "TorchSharp", "MessagePack" }.Any(name => reference.Name!.StartsWith(name, StringComparison.Ordinal)));
}
