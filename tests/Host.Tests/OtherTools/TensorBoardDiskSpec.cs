using FLCrowd.Actors.Recording;
using FLCrowd.Experiments;
using FLCrowd.Experiments.Identity;
using FLCrowd.Experiments.Runs;

namespace FLCrowd.Host.Tests.OtherTools;

/// <summary>Curves for TensorBoard on a disk that is full from some moment on.</summary>
[Collection(nameof(WholeProcess))]
public sealed class TensorBoardDiskSpec : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        Disk.Stepping = null;
        _folder.Dispose();
    }

    [Fact]
    public void A_file_is_whole_or_not_there()
    {
        var run = _folder.CopyOfGoldenRun();
        var curves = Path.Combine(run, RunLayout.TensorBoardFolder);
        int steps = 0;
        Disk.Stepping = path => steps += path.StartsWith(curves, StringComparison.Ordinal) ? 1 : 0;
        Report(run);
        var whole = Files(curves);
        Assert.True(whole.Count >= 6 && steps > 3 * whole.Count, $"{whole.Count} files, {steps} steps");
        for (int full = 1; full <= steps; full++)
        {
            if (Directory.Exists(curves))
            {
                Directory.Delete(curves, recursive: true);
            }

            int step = 0;
            Disk.Stepping = path =>
            {
                step += path.StartsWith(curves, StringComparison.Ordinal) ? 1 : 0;
                if (step >= full)
                {
                    throw new IOException("no space left on device", FullDisk.Code);
                }
            };
            Assert.True(Assert.Throws<DiskException>(() => Report(run)).IsFull);
            Assert.Subset(whole.ToHashSet(), Files(curves).ToHashSet());
        }

        Disk.Stepping = null;
        Report(run);
        Assert.Equal(whole, Files(curves));
    }

    private static void Report(string run) => new Laboratory().Report(run, new QuietObserver(), tensorBoard: true);

    private static List<(string Name, string Bytes)> Files(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => (file, Convert.ToHexString(File.ReadAllBytes(file)))),
    ];
}
