namespace FLCrowd.Testing;

/// <summary>What the system calls a full disk.</summary>
public static class FullDisk
{
    public static int Code => OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28;
}
