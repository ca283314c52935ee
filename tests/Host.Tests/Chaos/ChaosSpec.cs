using System.Collections.Concurrent;
using System.Globalization;

namespace FLCrowd.Host.Tests.Chaos;

/// <summary>
/// Runs of every kind, alone, with workers and on nodes, and faults at random moments: their files are those of runs that nobody disturbed.
/// CI draws faults for about two minutes; FLCROWD_CHAOS_FAULTS=100 draws more, which last up to 30 s, FLCROWD_CHAOS_SEED others, and
/// FLCROWD_CHAOS_RUN=7 plays run 7 alone.
/// </summary>
public sealed class ChaosSpec : IDisposable
{
    private const int FaultsOfCI = 12;

    private static readonly TimeSpan LongestOfCI = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Most faults are waited for rather than worked on.</summary>
    private const int SideBySide = 2;

    /// <summary>One whose first faults are of all sorts, twice at least.</summary>
    private const ulong SeedOfCI = 1139;

    private static readonly Seed Seed = new(Option("FLCROWD_CHAOS_SEED") ?? SeedOfCI);

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<long>>> _whole = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whatever_happens_to_runs_of_any_kind_their_files_have_the_same_bytes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes and limits as Linux has them");
        SmallExperiments.Write(_folder);
        var runs = Runs();
        var outcomes = new ConcurrentBag<Outcome>();
        var failures = new ConcurrentBag<ChaosException>();
        await Parallel.ForEachAsync(
            runs,
            new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = TestContext.Current.CancellationToken },
            async (run, _) =>
            {
                try
                {
                    long whole = await _whole.GetOrAdd(run.Kind, kind => new Lazy<Task<long>>(() => WholeAsync(kind))).Value;
                    using var struck = new StruckRun(run, _folder, whole, Seed.For("network", run.Number));
                    var outcome = await struck.PlayAsync();
                    outcomes.Add(outcome);
                    TestContext.Current.TestOutputHelper?.WriteLine($"{outcome}");
                }
                catch (ChaosException e)
                {
                    failures.Add(e);
                    TestContext.Current.TestOutputHelper?.WriteLine(e.Message);
                }
            });

        Assert.True(failures.IsEmpty, $"{PlaysAgain}\n{string.Join("\n\n", failures.Select(failure => failure.Message))}");
        Assert.True(outcomes.Sum(outcome => outcome.Struck.Count) >= runs.Sum(run => run.Faults.Count) / 2, "most faults came too late");
        Assert.All(
            outcomes.Where(outcome => outcome.Struck.Any(fault => fault.Kind == FaultKind.Loss)),
            outcome => Assert.True(outcome.Messages > 0, $"no message was lost: {outcome}"));
    }

    [Fact]
    public void The_schedule_of_CI_has_faults_of_every_sort_and_runs_of_every_kind_and_is_the_same_for_the_same_seed()
    {
        var runs = OfCI(SeedOfCI);
        Assert.Equal(FaultsOfCI, runs.Sum(run => run.Faults.Count));
        Assert.Equal(Enum.GetValues<FaultKind>(), runs.SelectMany(run => run.Faults).Select(fault => fault.Kind).Distinct().Order());
        Assert.Equal(Enum.GetValues<Layout>(), runs.Select(run => run.Layout).Distinct().Order());
        Assert.Equal(SmallExperiments.Kinds.Order(), runs.Select(run => run.Kind).Distinct().Order());
        Assert.Equal(runs.Select(run => $"{run}"), OfCI(SeedOfCI).Select(run => $"{run}"));
        Assert.NotEqual(runs.Select(run => $"{run}"), OfCI(SeedOfCI + 1).Select(run => $"{run}"));

        static IReadOnlyList<DisturbedRun> OfCI(ulong seed) => Schedule.Draw(new Seed(seed), FaultsOfCI, LongestOfCI);
    }

    private static string PlaysAgain => string.Create(
        CultureInfo.InvariantCulture,
        $"FLCROWD_CHAOS_SEED={Seed.Value} FLCROWD_CHAOS_FAULTS={Option("FLCROWD_CHAOS_FAULTS")} FLCROWD_CHAOS_RUN=N plays run N again.");

    private static IReadOnlyList<DisturbedRun> Runs()
    {
        var faults = Option("FLCROWD_CHAOS_FAULTS");
        var runs = Schedule.Draw(Seed, (int)(faults ?? FaultsOfCI), faults is null ? LongestOfCI : Longest);
        return Option("FLCROWD_CHAOS_RUN") is { } only ? [runs[(int)only]] : runs;
    }

    private static ulong? Option(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? ulong.Parse(value, CultureInfo.InvariantCulture) : null;

    /// <summary>Plays an experiment undisturbed.</summary>
    /// <returns>Bytes of its tables.</returns>
    private async Task<long> WholeAsync(string kind)
    {
        var ended = await FlcrowdProcess.RunAsync(_folder.Path, "run", $"{kind}.conf", "--threads", "1", "--out", kind);
        Assert.True(ended.ExitCode == 0, ended.Error);
        return RunFiles.Written(_folder.In(kind));
    }
}
