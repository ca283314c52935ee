using FLCrowd.Experiments.Identity;

namespace FLCrowd.Experiments.Folders;

/// <summary>Whether a run that began earlier may be gone on with: by a program that gives the same numbers, as what it was.</summary>
internal static class RunIdentity
{
    /// <exception cref="SettingException">The run was begun by another program.</exception>
    public static void Check(RunDirectory directory, RunRecord record)
    {
        if (DifferencesTo(record) is { Count: > 0 } reasons)
        {
            throw BegunByAnother(directory.Path, reasons);
        }
    }

    /// <summary>What says that a run is not to be gone on with, because this program may give other numbers.</summary>
    public static SettingException BegunByAnother(string folder, IReadOnlyList<string> reasons) =>
        new(folder, $"was begun by another program, which may give other numbers ({string.Join("; ", reasons)}); resume it with that one");

    /// <summary>What says that a run is not to be gone on with, because what it plays is not what it played.</summary>
    public static SettingException Changed(string path, RunRecord record) =>
        new(path, $"was changed since the run began; undo that, or begin again with: {record.Command}");

    private static IReadOnlyList<string> DifferencesTo(RunRecord record) => record.Versions.Build is { } build
        ? ThisProgram.Build.Differences(build)
        : record.Versions.Program != ThisProgram.Build.Version
            ? [$"its version is {record.Versions.Program}, here it is {ThisProgram.Build.Version}"]
            : [];
}
