using System.Reflection;
using FLCrowd.Actors.Builds;

namespace FLCrowd.Experiments.Identity;

/// <summary>What this process runs.</summary>
internal static class ThisProgram
{
    private static readonly Lazy<ProgramBuild> Known = new(() => ProgramBuild.Of(Program));

    /// <summary>The program flcrowd, where it lies here; code that runs experiments by itself is known by these ones.</summary>
    private static Assembly Program => File.Exists(Path.Combine(AppContext.BaseDirectory, "flcrowd.dll"))
        ? Assembly.Load("flcrowd")
        : typeof(ThisProgram).Assembly;

    /// <summary>The program's build: it is read from the files of all assemblies, once.</summary>
    public static ProgramBuild Build => Known.Value;
}
