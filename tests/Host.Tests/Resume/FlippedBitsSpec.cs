using System.Globalization;
using FLCrowd.Actors.Experiments;
using FLCrowd.Experiments.Folders;

namespace FLCrowd.Host.Tests.Resume;

/// <summary>
/// Single bits, flipped anywhere in the files of a journal: a run that goes on has the tables that it would have had, or it does not go on
/// and says what is damaged. <c>FLCROWD_FLIPS</c> says how many to try in each kind of run.
/// </summary>
public sealed class FlippedBitsSpec : IDisposable
{
    private const int Usually = 50;

    /// <summary>One of so many refused runs is also played from what is left of its journal.</summary>
    private const int GoOnEvery = 12;

    private const string Same = "same bytes";

    private const string Quadratic =
        "learning { model = quadratic, step-size = 0.1, rounds = 8 }, game { assignment = 60 }, data { clients = 4 }";

    private const string Deviations = "clients = [1], batch-factors = [0.02, 1], gammas = [1], efforts = [1]";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task In_a_game_of_learners_that_was_interrupted_in_an_episode() => FlipAsync(
        Learners.Experiment(episodes: 4, rounds: 40), seed: 1, ends: progress => progress.RoundsDone >= 3 * 40 + 30,
        "execution.checkpoint-every=1ms");

    /// <summary>The log of a database that was not closed holds all of it.</summary>
    [Fact]
    public Task In_a_sweep_whose_process_was_killed() => FlipAsync(
        $"flcrowd {{ {Quadratic}, experiment {{ kind = sweep, seeds = 12 }} }}", seed: 2, ends: null, isKilled: true);

    [Fact]
    public Task In_the_stages_of_a_regret_experiment() => FlipAsync(
        $$"""
        flcrowd {
          {{Quadratic}}
          experiment { kind = regret, regret { reports = none, {{Deviations}}, replicates = 4, max-replicates = 8 } }
        }
        """, seed: 3);

    private async Task FlipAsync(
        string experiment, ulong seed, Func<ExperimentProgress, bool>? ends = null, string? setting = null, bool isKilled = false)
    {
        var run = Configured.File(experiment, null, setting is null ? [] : [setting]);
        var whole = JournaledRun.Begin(_folder.In("whole"), run);
        Assert.Equal(ExperimentStatus.Completed, (await whole.PlayAsync()).Status);
        var left = JournaledRun.Begin(_folder.In("left"), run);
        var source = left;
        var ended = await left.PlayAsync(ends, () => source = isKilled ? left.CopyTo(_folder.In("killed")) : left);
        Assert.Equal(ends is null ? ExperimentStatus.Completed : ExperimentStatus.Interrupted, ended.Status);

        var random = new Seed(seed).ToRandom();
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        int flips = int.Parse(Environment.GetEnvironmentVariable("FLCROWD_FLIPS") ?? $"{Usually}", CultureInfo.InvariantCulture);
        for (int flip = 0; flip < flips; flip++)
        {
            var folder = _folder.In("flipped");
            var place = Flip(source.CopyTo(folder), random);
            var outcome = await OutcomeAsync(new JournaledRun(folder, run), whole.Text, place, counts);
            counts[outcome] = counts.GetValueOrDefault(outcome) + 1;
            Directory.Delete(folder, recursive: true);
        }

        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(", ", counts.Select(count => $"{count.Key}: {count.Value}")));
        Assert.True(counts.Keys.Any(outcome => outcome != Same), "nothing was damaged");
    }

    /// <summary>Flips a bit of any of the journal's files.</summary>
    private static string Flip(JournaledRun run, Random random)
    {
        var files = ((string[])["", "-wal"]).Select(end => run.JournalFile + end).Where(File.Exists).ToList();
        long bit = random.NextInt64(files.Sum(file => new FileInfo(file).Length) * 8);
        foreach (var file in files)
        {
            long bits = new FileInfo(file).Length * 8;
            if (bit < bits)
            {
                var bytes = File.ReadAllBytes(file);
                bytes[bit / 8] ^= (byte)(1 << (int)(bit % 8));
                File.WriteAllBytes(file, bytes);
                return $"bit {bit} of {Path.GetFileName(file)}";
            }

            bit -= bits;
        }

        throw new InvalidOperationException("there is no such bit");
    }

    private static async Task<string> OutcomeAsync(
        JournaledRun run, IReadOnlyList<string> expected, string place, SortedDictionary<string, int> counts)
    {
        string outcome = Same;
        try
        {
            run.Check();
        }
        catch (SettingException e)
        {
            outcome = e.Message switch
            {
                _ when e.Message.Contains("the file itself", StringComparison.Ordinal) => "refused: the file",
                _ when e.Message.Contains("record ", StringComparison.Ordinal) => "refused: a record of episodes",
                _ when e.Message.Contains("the plan", StringComparison.Ordinal) => "refused: the plan",
                _ when e.Message.Contains("put ", StringComparison.Ordinal) => "refused: lost",
                _ => throw new InvalidOperationException($"{place}: {e.Message}", e),
            };
            Assert.Contains(JournalCheck.Option, e.Message, StringComparison.Ordinal);
            if (counts.GetValueOrDefault(outcome) % GoOnEvery != 0)
            {
                return outcome;
            }

            run.Check(fromLastGood: true);
        }

        var result = await run.PlayAsync();
        Assert.True(result.Status == ExperimentStatus.Completed, $"{place}: {result.Failure}");
        Assert.True(expected.SequenceEqual(run.Text), $"{place} changed the tables silently");
        return outcome;
    }
}
