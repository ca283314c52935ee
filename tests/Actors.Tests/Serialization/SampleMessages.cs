using Akka.Actor;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Tests.Serialization;

/// <summary>One message of every manifest, as the golden bytes hold it. Never change one; add to it where a record grows.</summary>
internal static class SampleMessages
{
    private static readonly Assignment Assignment =
        new(1, 50, 0.5, new RewardTerms(12.5, 3, new Dictionary<string, double> { ["slope"] = -1, ["intercept"] = 0.25 }));

    private static readonly ClientOutcome Outcome =
        new(3, 1, "vendor/lazy", 1, 50, new ClientAction(0.5, 10, 2) { Attendance = 0.25 }, 12.25, 7.5, null, 1.5, 7);

    private static readonly ClientOutcome FailedOutcome = new(4, 1, "broken", 1, 50, null, 0, 0, "boom");

    private static readonly ClientFailure Failure = new(4, 1, 2, "boom");

    private static PublishedPayoff Published => new() { Behavior = new Behavior(0.5, 0.25, 2), Clients = 7, MeanPayoff = -3.5 };

    private static ModelVector Model => ModelVector.Of(new float[] { 1, -0.5f, float.NaN });

    private static GameDefinition Definition => new(
        Game: 2,
        Seed: 0xFEDCBA9876543210,
        Episodes: 10,
        FirstEpisode: 20,
        new LearningDefinition(
            new PluginChoice("mnist", "{\"folder\":\"data\"}", "data.set"),
            new PartitionSettings
            {
                Choice = new PluginChoice("dirichlet", "{}", "data.dirichlet"),
                SamplesPerClient = 1000,
                SampleCounts = new ValueList<int>(1000, 20),
                Heterogeneity = 0.4,
                Concentration = 0.1,
            },
            new PluginChoice("softmax"),
            new PluginChoice("mean"),
            new TrainingProtocol
            {
                Rounds = 100,
                LocalSteps = 2,
                StepSize = 0.5,
                CostBasis = CostBasis.LocalStep,
                Momentum = 0.25,
                Schedule = new StepSchedule { Shape = StepShape.Pieces, Values = new ValueList<double>(0.25, 0.125) },
            },
            new LabelSettings
            {
                Careful = LabelSource.Column,
                Careless = LabelSource.Annotators,
                CarefulColumn = "clean",
                CarelessColumn = "worse",
                Confusion = new ValueList<double>(0.75, 0.25, 0, 1),
                Annotators = new AnnotatorSettings
                {
                    File = "answers.csv",
                    Sha256 = "00ff",
                    Sample = "task",
                    Worker = "who",
                    Answer = "says",
                    WorkersPerClient = 3,
                },
                Skill = new ValueList<double>(0.5, 1),
            },
            new ParticipationSettings
            {
                Rate = 0.5,
                Count = 3,
                IsBySamples = true,
                IsUnbiased = true,
                DropOut = [0.1],
                Schedule = [new AttendedRounds(1, 2, 3)],
            }),
        new IncentiveDefinition(new PluginChoice("flat"), 100, Surrogate, PayoffBasis.Sample, -1.5),
        new CrowdDefinition(
            10,
            [new ClientGroup(new PluginChoice("truthful"), [new ClientRange(0, 7), new ClientRange(9, 1)], null, 0.002, 1)],
            [20],
            [0.001, 0.002],
            [],
            new CrowdSizes([1000, 20], true, false)),
        new ExecutionDefinition(64, 8, 10, FailurePolicy.Exclude, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5)),
        ["0.4"],
        DrawSeed: 7,
        new RevisionSettings(RevisionOrder.Random, 3, 0.25),
        PublishesPayoffs: true,
        Wanted: ["experiment.more"]);

    private static LossSurrogate Surrogate => new()
    {
        Name = "pilot",
        Constant = 0.5,
        MinimalLoss = 0.25,
        BatchSlope = 2,
        EffortSlope = new PerClient([1, 2]),
        ReportCurvature = 3,
        Errors = new SurrogateErrors(0.5, 0.25, 0.125, 0.0625) { Worth = 0.5 },
        Warnings = ["careful"],
        Worth = new PerClient([-1, 2]),
        NotAsked = [1],
    };

    public static object[] All(Func<string, IActorRef> actor) =>
    [
        new Assign(1, Assignment, [Published]),
        new GlobalModel(2, 3, 1, 4, Model, 5, true, "7a", [Failure], Model),
        new Reward(1, -2.5, 0.75),
        new CohortAssignments(
            2, 3, 1, [Assignment, Assignment with { BatchSize = 1 }], actor("experiment"), actor("recorder"), "7a", "mnist 0a"),
        new CohortRewards(2, 3, 1, 0.75, [1, -2], "7a", [Failure]),
        new StopCohort(2, 3, "7a"),
        new Ready(4, 1, 0.125, 0.25),
        new LocalModel(4, 1, 2, Model),
        Failure,
        new CohortReady(2, 3, 1, [Failure], 0.25),
        new CohortUpdate(2, 3, 1, 4, 5, 0.125, Model, [new LocalModel(4, 1, 2, Model)], [Failure], [6]),
        new EpisodeRecorded(2, 1, [Failure]),
        Outcome,
        new CohortOutcomes(2, 3, 1, [Outcome, FailedOutcome], 5_000_000_000, [[1, 2], null], [Failure]),
        new EpisodeResult(
            2, 1, 3, [new RoundEvaluation(100, new Evaluation(0.5, 0.75, double.NaN))], 123.5, -198.5, 0.625,
            [new TestedClass(50, 40, 30, "seven")]),
        new DescribeGame(2),
        new GameDescription(Definition),
        new CohortUnassigned(2, 3),
        new CohortRefused(2, 3, "its data are others", true),
        new DescribeMemories(2, 3, 1),
        new CohortMemories(2, 3, 1, [[1, 2], null]),
        new DescribePayoffs(2, 3),
        new PublishedPayoffs(2, 3, [Published]),
        new BeginRound(2, 3, 1, 4, actor("models"), 5, true, "run", [new ClientFailure(130, 1, 2, "odd")]),
        new RequestModel(1, 4),
        new RoundModel(1, 4, Model, Model, true),
        new Hello(
            "0.1.0", "X64, vectors of 256 bits", ["as1"], ["Strategy truthful()"], ["mnist abc"], ".NET 10.0.0", ["FLCrowd.Actors 1"]),
        new Welcome(Standing.Member),
        new Refused(["its version is 2"]),
        new RunUnderWay("/runs/a"),
        new RunPlanned(new Hello("0.1.0", "X64", [], [], []), "{}", "sweep", ["learning.step-size"], [Definition]),
        new EpisodesJournaled([new JournaledEpisode(
            21,
            new EpisodeResult(
                2, 1, 1, [new RoundEvaluation(100, new Evaluation(0.5, 0.75, double.NaN))], 123.5, -198.5, 0.625,
                [new TestedClass(50, 40, 30, "seven")]),
            [new CohortOutcomes(2, 0, 1, [Outcome, FailedOutcome], 7, [[1, 2], null])])]),
        new GameCheckpoint(
            1, 30, Model, [new RoundEvaluation(10, new Evaluation(0.5, 0.75, double.NaN))], [new ClientFailure(130, 1, 2, "odd")],
            [6, 6], Model),
        new SealedRecord("run/episodes-0", 3, [1, 2, 255], [5, 6], "ej1", [0x91, 0x90], []).Sealed(),
    ];
}
