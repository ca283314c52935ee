using FLCrowd.Actors.Builds;

namespace FLCrowd.Experiments.Identity;

/// <summary>What this process runs.</summary>
internal static class ThisProgram
{
    private static readonly Lazy<ProgramBuild> Known = new(() => ProgramBuild.Of(typeof(ThisProgram).Assembly));

    /// <summary>The program's build: it is read from the files of all assemblies, once.</summary>
    public static ProgramBuild Build => Known.Value;
}
