using System.Globalization;
using System.Text;

namespace FLCrowd.Host.Tests.Resume;

/// <summary>A run on a table of the user's.</summary>
public sealed class ResumedDataSpec : IDisposable
{
    private readonly InterruptedRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task A_killed_run_goes_on_with_the_data_it_began_with_and_with_no_others()
    {
        var table = new StringBuilder("width,length,label\n");
        for (int row = 0; row < 300; row++)
        {
            table.Append(CultureInfo.InvariantCulture, $"{row % 17},{row % 5 + row % 3 * 4},{(row % 3 == 0 ? "rose" : "lily")}\n");
        }

        // The table lies beside the experiment, and not where the program is called.
        Directory.CreateDirectory(_runs.In("field"));
        await File.WriteAllTextAsync(_runs.In("field/flowers.csv"), table.ToString(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_runs.In("field/flowers.conf"), """
            flcrowd {
              data { set = csv, csv { file = flowers.csv, label = label, test-share = 0.2 }, samples-per-client = 20, partition = iid }
              learning { rounds = 400 }
              game.assignment = 10
              experiment { episodes = 20 }
            }
            """, TestContext.Current.CancellationToken);
        await _runs.CompleteAsync("run", "field/flowers.conf", "--out", "whole");
        await _runs.KillAsync(() => _runs.Journal("killed").Episodes.Count > 2, "run", "field/flowers.conf", "--out", "killed");

        await File.WriteAllTextAsync(
            _runs.In("field/flowers.csv"), table.ToString().Replace("rose", "aster", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        var refused = await _runs.RunAsync("resume", "killed");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("flowers.csv: was changed since the run began", refused.Error, StringComparison.Ordinal);

        await File.WriteAllTextAsync(_runs.In("field/flowers.csv"), table.ToString(), TestContext.Current.CancellationToken);
        await _runs.CompleteAsync("resume", "killed");
        _runs.AssertSameTables("whole", "killed");
    }
}
