namespace FLCrowd.Experiments.Loading;

/// <summary>
/// The version of the contracts that plug-ins are compiled against: the assembly version of <c>FLCrowd.Abstractions</c>, major and minor.
/// A new minor version adds, a new major version changes; before 1.0 every minor version may change.
/// </summary>
internal static class ContractVersion
{
    public static readonly string Assembly = typeof(IPlugin).Assembly.GetName().Name!;

    public static readonly Version Program = typeof(IPlugin).Assembly.GetName().Version!;

    /// <summary>Whether a program with one version of the contracts can run a plug-in that was built against another one.</summary>
    public static bool Accepts(Version program, Version plugin) =>
        program.Major == plugin.Major && (program.Major == 0 ? program.Minor == plugin.Minor : program.Minor >= plugin.Minor);

    public static string Text(Version version) => version.ToString(fieldCount: 2);
}
