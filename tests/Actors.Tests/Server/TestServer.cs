using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Server;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Server;

/// <summary>The state of a game's server between scripted cohorts and tests of models.</summary>
internal sealed class TestServer
{
    private readonly GameRules _rules;

    public TestServer(GameDefinition game, IIncentiveMechanism? mechanism = null, IAggregator? aggregator = null)
    {
        _rules = GameRules.Of(game, new PluginCatalog());
        var setup = new LearningSetup(() => throw new InvalidOperationException("there are no data"))
        {
            Seed = new Seed(game.Seed),
            Weights = _rules.Weights,
            Partition = game.Learning.Partition,
        };
        Initial = new float[TinyModel.Length];
        var model = new TinyModel(new TinyWorld(), setup);
        model.Initialise(Initial);
        State = new GameState(_rules, model, mechanism ?? new FakeMechanism(), aggregator ?? new FakeMean());
    }

    public GameState State { get; }

    public float[] Initial { get; }

    public IReadOnlyList<double> Weights => _rules.Weights;

    public int Cohorts => _rules.Layout.Cohorts;

    public List<ServerEffect> Begin() => [.. State.Begin()];

    public List<ServerEffect> Ready(int cohort, int episode = 0, params int[] failed) =>
        [.. State.Accept(new CohortReady(0, cohort, episode, Failures(failed, episode, 0), Changes.GetValueOrDefault(cohort)))];

    /// <summary>By how much cohorts change the announced surrogate; 0 where it is not said.</summary>
    public Dictionary<int, double> Changes { get; } = [];

    /// <summary>The sum of a cohort's local models, less those of failed clients.</summary>
    public List<ServerEffect> Update(
        int cohort, int round, int episode = 0, int[]? failed = null, int[]? gone = null, bool withReports = false, int[]? absent = null)
    {
        var sum = new WeightedSum(TinyModel.Length);
        var missing = (failed ?? []).Concat(gone ?? []).Concat(absent ?? []).ToHashSet();
        var members = ClientsOf(cohort).Where(client => !missing.Contains(client)).ToList();
        members.ForEach(client => sum.Add(Local(client, round).Span, Weights[client]));
        return [.. State.Accept(new CohortUpdate(
            0,
            cohort,
            episode,
            round,
            members.Count,
            sum.Weight,
            ModelVector.Of(sum.Sum),
            withReports ? [.. members.Select(client => new LocalModel(client, episode, round, Local(client, round)))] : [],
            Failures(failed ?? [], episode, round),
            absent))];
    }

    /// <summary>A cohort's local models themselves.</summary>
    public List<ServerEffect> Reports(int cohort, int round) => [.. State.Accept(new CohortUpdate(
        0,
        cohort,
        0,
        round,
        _rules.Layout.SizeOf(cohort),
        0,
        null,
        [.. ClientsOf(cohort).Select(client => new LocalModel(client, 0, round, Local(client, round)))],
        []))];

    public List<ServerEffect> Tested(
        int round, double testLoss = 0.25, int episode = 0, int? sample = null, TestedClass[]? classes = null) =>
        [.. State.AcceptEvaluation(episode, round, new Evaluation(0.5, testLoss, 0.75), sample, classes)];

    public List<ServerEffect> Recorded(int episode = 0, ClientFailure[]? failures = null) =>
        [.. State.Accept(new EpisodeRecorded(0, episode, failures))];

    /// <summary>Lets all cohorts be ready.</summary>
    public List<ServerEffect> AllReady(int episode = 0) =>
        [.. Enumerable.Range(0, Cohorts).SelectMany(cohort => Ready(cohort, episode))];

    /// <summary>Lets all cohorts report.</summary>
    public List<ServerEffect> AllUpdate(int round, int episode = 0, int[]? gone = null, bool withReports = false) =>
        [.. Enumerable.Range(0, Cohorts).SelectMany(cohort => Update(cohort, round, episode, null, gone, withReports))];

    /// <summary>Tells that the mechanism has seen a round.</summary>
    public List<ServerEffect> Observed(int round, int episode = 0) => [.. State.AcceptObservation(episode, round)];

    /// <summary>Plays an episode to where it is paid for, testing each model when it is asked for; returns the last effects.</summary>
    public List<ServerEffect> Play(int rounds, double testLoss = 0.25)
    {
        Begin();
        var effects = AllReady();
        for (int round = 1; round <= rounds; round++)
        {
            Test(effects);
            effects = AllUpdate(round);
        }

        return Test(effects);

        List<ServerEffect> Test(List<ServerEffect> asked) =>
            [.. asked.OfType<ServerEffect.Test>().SelectMany(test => Tested(test.Round, testLoss, sample: test.Sample))];
    }

    public static ModelVector Local(int client, int round)
    {
        var values = new float[TinyModel.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(Math.Pow(10, client % 4) * new Seed(2).For("local", client, round).Normal(i));
        }

        return ModelVector.Of(values);
    }

    public static float[] ModelOf(IEnumerable<ServerEffect> effects, int round) =>
        effects.OfType<ServerEffect.Test>().Single(test => test.Round == round).Model.Span.ToArray();

    public static string FailureOf(IEnumerable<ServerEffect> effects) => Assert.IsType<ServerEffect.Fail>(Assert.Single(effects)).Reason;

    public static IEnumerable<int> CohortsAsked(IEnumerable<ServerEffect> effects) => effects.Select(effect => effect switch
    {
        ServerEffect.AssignCohort assign => assign.Cohort,
        ServerEffect.ToCohort to => to.Message.Cohort,
        _ => throw new InvalidOperationException($"{effect} asks nobody"),
    });

    private IEnumerable<int> ClientsOf(int cohort) =>
        Enumerable.Range(_rules.Layout.FirstOf(cohort), Math.Max(0, _rules.Layout.SizeOf(cohort)));

    private static ClientFailure[] Failures(int[] clients, int episode, int round) =>
        [.. clients.Select(client => new ClientFailure(client, episode, round, $"reason {client}"))];
}
