using FLCrowd.Actors.Cohorts;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Cohorts;

/// <summary>The state of cohort 1 of game 9: clients 3, 4 and 5 of six, with weights 1/21 .. 6/21.</summary>
internal sealed class TestCohort(ILinearAggregator? linear)
{
    public const int Game = 9;
    public const int Cohort = 1;
    public const int First = 3;
    public const int Size = 3;

    public TestCohort()
        : this(new FakeMean())
    {
    }

    public static double[] Weights { get; } = [.. Enumerable.Range(1, 6).Select(i => i / 21.0)];

    public CohortState State { get; } = new(
        Game, Cohort, First, Size, linear is null ? null : client => linear.Coefficient(Weights[client]), client => $"strategy {client}",
        attends: (_, round, _, share) => round <= Math.Round(share * 4));

    public List<CohortEffect> Assign(int episode) => [.. State.Accept(Assignments(episode))];

    public List<CohortEffect> Ready(int client, int episode = 0, double change = 0, double attendance = 1) =>
        [.. State.Accept(new Ready(client, episode, change, attendance))];

    public List<CohortEffect> Global(
        int round, int episode = 0, int? without = null, bool wantsReports = false, ClientFailure[]? excluded = null) =>
        [.. State.Accept(GlobalModel(round, episode) with { Without = without, WantsReports = wantsReports, Excluded = excluded })];

    public List<CohortEffect> Report(int client, int round, int episode = 0) =>
        [.. State.Accept(new LocalModel(client, episode, round, Local(client, round)))];

    public List<CohortEffect> Fail(int client, int round, int episode = 0) =>
        [.. State.Accept(new ClientFailure(client, episode, round, "broken"))];

    public List<CohortEffect> Pay(int episode = 0, ClientFailure[]? excluded = null) =>
        [.. State.Accept(Rewards(episode) with { Excluded = excluded })];

    public List<CohortEffect> End(int client, int episode = 0, byte[]? memory = null) =>
        [.. State.Accept(Outcome(client, episode), memory)];

    /// <summary>A cohort whose clients come to the shares of rounds given: to the first ones of every four.</summary>
    public TestCohort Attending(params double[] attendances)
    {
        Assign(0);
        foreach (var (member, attendance) in attendances.Index())
        {
            Ready(First + member, attendance: attendance);
        }

        return this;
    }

    /// <summary>A cohort whose clients are all ready.</summary>
    public TestCohort Labeled(int episode = 0)
    {
        Assign(episode);
        foreach (int client in Enumerable.Range(First, Size))
        {
            Ready(client, episode);
        }

        return this;
    }

    /// <summary>A cohort that trains its first round.</summary>
    public TestCohort Training(int episode = 0)
    {
        Labeled(episode);
        Global(1, episode);
        return this;
    }

    public static CohortAssignments Assignments(int episode, int size = Size) => new(
        Game,
        Cohort,
        episode,
        [.. Enumerable.Range(0, size).Select(member => new Assignment(1, 1 + member, 1, new RewardTerms(0, 0)))],
        null!,
        null!);

    public static GlobalModel GlobalModel(int round, int episode = 0) =>
        new(Game, Cohort, episode, round, ModelVector.Of(new float[TinyModel.Length]));

    public static CohortRewards Rewards(int episode = 0, int size = Size) => new(Game, Cohort, episode, 0.5, new double[size]);

    public static ClientOutcome Outcome(int client, int episode = 0) =>
        new(client, episode, "some", 1, 2, new ClientAction(1, 2, 1), 3, 4, null);

    /// <summary>A local model whose sums depend on the order of summation.</summary>
    public static ModelVector Local(int client, int round)
    {
        var values = new float[TinyModel.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(Math.Pow(10, client - 3) * new Seed(1).For("local", client, round).Normal(i));
        }

        return ModelVector.Of(values);
    }
}
