using System.Diagnostics;
using FLCrowd.Host.Tests.Templates;

namespace FLCrowd.Host.Tests;

/// <summary>samples/study/study.cs: experiments from C# code, in one file.</summary>
public sealed class StudySpec : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_very_file_runs_and_prints_its_table()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                "run", "-c", "Release", Path.Combine(OutsideProjects.Solution(), "samples", "study", "study.cs"), "--", _folder.Path,
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.Path,
        };
        using var study = Process.Start(start)!;
        var errors = study.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await study.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await study.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(study.ExitCode == 0, $"{output}\n{await errors}");
        string[][] rows =
        [
            .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(3)
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
        ];
        Assert.Equal(["1", "10", "100"], rows.Select(row => row[0]));

        // The dearer a label, the fewer label.
        var labeling = rows.Select(row => int.Parse(row[1].TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(labeling.OrderDescending(), labeling);
        Assert.True(File.Exists(Path.Combine(_folder.Path, "study", "cost-10", "clients.csv")));
    }
}
