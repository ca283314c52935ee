using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace FLCrowd.Actors.Builds;

/// <summary>What decides the last bits of a number beside the code that computes it.</summary>
internal static class Processor
{
    /// <summary>libtorch's libraries choose other code where one of these says so.</summary>
    private static readonly string[] Variables =
        ["ATEN_CPU_CAPABILITY", "DNNL_MAX_CPU_ISA", "MKL_CBWR", "MKL_ENABLE_INSTRUCTIONS", "ONEDNN_MAX_CPU_ISA"];

    /// <summary>
    /// Such as "X64 GenuineIntel, vectors of 512 bits, glibc 2.36": the width of vectors is the order of sums, libtorch's mathematics
    /// library takes other ways on processors of another maker, and exponentials come from the system's library.
    /// </summary>
    public static string Arithmetic { get; } = string.Join(", ", (string[])
    [
        $"{RuntimeInformation.ProcessArchitecture}{Maker()}",
        $"vectors of {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)} bits",
        MathematicsLibrary(),
        .. Variables.Select(name => (name, Value: Environment.GetEnvironmentVariable(name)))
            .Where(variable => !string.IsNullOrEmpty(variable.Value))
            .Select(variable => $"{variable.name}={variable.Value}"),
    ]);

    private static string Maker()
    {
        if (!X86Base.IsSupported)
        {
            return "";
        }

        // Twelve letters in this order of registers.
        var (_, ebx, ecx, edx) = X86Base.CpuId(0, 0);
        return $" {Encoding.ASCII.GetString(MemoryMarshal.AsBytes<int>([ebx, edx, ecx]))}";
    }

    private static string MathematicsLibrary()
    {
        if (!OperatingSystem.IsLinux())
        {
            return $"{(OperatingSystem.IsWindows() ? "Windows" : "macOS")} {Environment.OSVersion.Version}";
        }

        try
        {
            return $"glibc {Marshal.PtrToStringUTF8(GlibcVersion())}";
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return "another C library than glibc";
        }
    }

    [DllImport("libc", EntryPoint = "gnu_get_libc_version"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint GlibcVersion();
}
