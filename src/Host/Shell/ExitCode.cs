namespace FLCrowd.Host.Shell;

/// <summary>What the program tells the shell.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>A bug: not the user's fault.</summary>
    public const int Bug = 1;

    public const int BadInput = 2;
    public const int RunFailed = 3;

    /// <summary>128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
