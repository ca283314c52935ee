using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Learning;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Server;

namespace FLCrowd.Actors.Tests.Protocol;

/// <summary>Hidden means hidden: nothing that the server handles says what a client really does.</summary>
public class HiddenActionSpec
{
    /// <summary>Types that carry what clients do, what they are going to do, or by what strategy.</summary>
    private static readonly HashSet<Type> Secrets =
    [
        typeof(ClientAction), typeof(ClientLabels), typeof(EpisodeOutcome), typeof(ClientView), typeof(LabelingTask), typeof(LocalTask),
        typeof(IClientStrategy), typeof(ClientOutcome), typeof(CohortOutcomes), typeof(CohortMemories), typeof(Behavior),
        typeof(PublishedPayoff), typeof(PublishedPayoffs), typeof(PluginChoice), typeof(ClientGroup),
        typeof(CrowdDefinition), typeof(GameDefinition), typeof(GameDescription), typeof(Crowd), typeof(HostedGame), typeof(TrainLocally),
        typeof(object), typeof(IProtocolMessage), typeof(IToRecorder),
    ];

    /// <summary>Words in the names of members that would carry it as a plain number or text.</summary>
    private static readonly string[] Words = ["effort", "batch", "gamma", "action", "strategy", "label", "cost", "payoff"];

    public static TheoryData<Type> ServersMessages =>
    [
        .. typeof(IToServer).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IToServer)) && !type.IsInterface),
        .. TypeWalk.Received(typeof(GameServer)),
    ];

    public static TheoryData<Type> Leaks =>
    [
        typeof(Direct), typeof(Optional), typeof(InAnArray), typeof(InAList), typeof(Deep), typeof(Private), typeof(Inherited),
        typeof(Anything), typeof(PlainNumber), typeof(PlainText), typeof(Definition), typeof(Labels),
    ];

    [Theory]
    [MemberData(nameof(ServersMessages))]
    public void No_message_that_the_server_handles_carries_what_a_client_does(Type message) => Assert.Empty(LeaksOf(message));

    [Theory]
    [MemberData(nameof(Leaks))]
    public void A_message_that_did_would_be_found(Type message) => Assert.NotEmpty(LeaksOf(message));

    [Fact]
    public void All_handlers_of_the_server_are_found()
    {
        var received = TypeWalk.Received(typeof(GameServer)).ToList();
        Type[] some =
        [
            typeof(CohortReady), typeof(CohortUpdate), typeof(CohortUnassigned), typeof(EpisodeRecorded), typeof(ModelOpened),
            typeof(Evaluated),
        ];
        Assert.All(some, type => Assert.Contains(type, received));
        Assert.All(
            received.Where(type => type.IsAssignableTo(typeof(IProtocolMessage))),
            type => Assert.True(type.IsAssignableTo(typeof(IToServer))));
    }

    [Fact]
    public void What_the_server_knows_of_the_game_leaves_the_clients_out() =>
        Assert.DoesNotContain(TypeWalk.From(typeof(GameRules)), step => TypeWalk.Parts(step.Type).Any(part =>
            part == typeof(ClientGroup) || part == typeof(CrowdDefinition) || part == typeof(GameDefinition) || part == typeof(Crowd)));

    private static IEnumerable<string> LeaksOf(Type message) => TypeWalk.From(message)
        .Where(step => TypeWalk.Parts(step.Type).Any(Secrets.Contains) || (step.Path != message.Name && Words.Any(Names(step))))
        .Select(step => step.Path);

    private static Func<string, bool> Names(Step step) => word => step.Name.Contains(word, StringComparison.OrdinalIgnoreCase);

    private sealed record Direct(int Client, ClientAction Deed);

    private sealed record Optional(ClientAction? Deed);

    private sealed record InAnArray(ClientAction[] Deeds);

    private sealed record InAList(IReadOnlyList<KeyValuePair<int, ClientAction>> Deeds);

    private sealed record Deep(Optional[] Inner);

    private sealed class Private
    {
        private readonly ClientAction _deed = new(1, 1, 1);

        public override string ToString() => _deed.ToString();
    }

    private record Parent(ClientAction Deed);

    private sealed record Inherited(ClientAction Deed, int Client) : Parent(Deed);

    private sealed record Anything(object Rest);

    private sealed record PlainNumber(int Client, double EffortMade);

    private sealed record PlainText(string StrategyName);

    private sealed record Definition(GameDescription Description);

    private sealed record Labels(ClientLabels Made);
}
