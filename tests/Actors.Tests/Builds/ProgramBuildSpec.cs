using System.Runtime.Intrinsics;
using FLCrowd.Actors.Builds;

namespace FLCrowd.Actors.Tests.Builds;

public sealed class ProgramBuildSpec
{
    private static readonly ProgramBuild Here = ProgramBuild.Of(typeof(ProgramBuild).Assembly);

    [Fact]
    public void It_is_made_of_all_assemblies_that_the_program_refers_to_and_of_none_of_dotnet()
    {
        Assert.Contains($"FLCrowd.Actors {typeof(ProgramBuild).Module.ModuleVersionId}", Here.Parts);
        Assert.Contains($"FLCrowd.Abstractions {typeof(Seed).Module.ModuleVersionId}", Here.Parts);
        Assert.Contains($"Akka {typeof(Akka.Actor.ActorSystem).Module.ModuleVersionId}", Here.Parts);
        Assert.Contains(Here.Parts, part => part.StartsWith("linq2db ", StringComparison.Ordinal));
        Assert.DoesNotContain(Here.Parts, part => part.StartsWith("System.Private.CoreLib ", StringComparison.Ordinal));
        Assert.DoesNotContain(Here.Parts, part => part.StartsWith("FLCrowd.Actors.Tests ", StringComparison.Ordinal));
    }

    [Fact]
    public void It_says_how_wide_vectors_are() => Assert.Contains(
        $"vectors of {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)} bits", Here.Arithmetic);

    [Fact]
    public void Whatever_differs_gives_another_checksum()
    {
        ProgramBuild[] builds =
        [
            Here,
            Here with { Version = "2" },
            Here with { Runtime = ".NET 11" },
            Here with { Arithmetic = $"{Here.Arithmetic}, MKL_CBWR=AVX2" },
            Here with { Parts = [.. Here.Parts.Skip(1)] },
        ];
        Assert.Equal(builds.Length, builds.Select(build => build.Checksum).Distinct().Count());
        Assert.Equal(Here.Checksum, ProgramBuild.Of(typeof(ProgramBuild).Assembly).Checksum);
        Assert.All(builds.Skip(1), build => Assert.Single(Here.Differences(build)));
    }
}
