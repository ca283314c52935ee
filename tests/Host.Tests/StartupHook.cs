/// <summary>What .NET calls before the program's own beginning where <see cref="FLCrowd.Host.Tests.WarmProgram"/> says so.</summary>
internal static class StartupHook
{
    public static void Initialize() => FLCrowd.Host.Tests.WarmProgram.Serve();
}
