using FLCrowd.Conformance.Code;

namespace FLCrowd.Conformance.Strategies;

/// <summary>What a strategy remembers: what it can save, and nothing that others share.</summary>
internal static class MemoryRules
{
    public const string Memory = "memory";
    public const string StaticState = "static-state";

    public static void CheckMemory(StrategyConformance kit) => kit.InEveryGame(Memory, game =>
    {
        var stayed = kit.Create(game);
        var through = Playthrough.Play(game, stayed).ToList();
        RequireSame(game, Playthrough.Save(stayed), Playthrough.Save(stayed), "saves other bytes the second time");
        var moved = Playthrough.PlayMoving(game, () => kit.Create(game), (memory, strategy) => RequireSame(
            game, memory, Playthrough.Save(strategy), "saves other bytes than it loaded: equal memories must write equal bytes")).ToList();
        Turn.RequireAlike(Memory, game, through, moved, stayed.Capability<IStrategyMemory>() is not null
            ? "does something else once its memory was saved and loaded: something is left out of Save or Load"
            : "remembers something from one episode to the next but does not implement IStrategyMemory: "
                + "that is lost when the client moves");
        foreach (var (episode, (first, second)) in through.Zip(moved).Index())
        {
            RequireSame(
                game,
                first.Memory,
                second.Memory,
                $"saves other bytes after episode {episode} where it was loaded before: equal memories must write equal bytes");
        }
    });

    public static void CheckStaticState(StrategyConformance kit)
    {
        var state = new StaticState(kit.Create(kit.Games[0]).GetType());
        state.RequireReadOnly(StaticState);
        PlayAll(); // what is made once is made
        state.RequireUnchanged(StaticState, PlayAll);
        kit.InEveryGame(StaticState, game =>
        {
            var alone = Playthrough.Play(game, kit.Create(game)).ToList();
            var rival = game with { View = game.View with { Client = game.View.Client + 1, Seed = game.View.Seed.For("rival") } };
            using var beside = Playthrough.Play(rival, kit.Create(rival)).GetEnumerator();
            Turn.RequireAlike(
                StaticState, game, alone, Playthrough.Play(game, kit.Create(game)).TakeWhile(_ => beside.MoveNext()),
                "does something else when another instance plays beside it: they share something");
        });

        void PlayAll() => kit.InEveryGame(StaticState, game => _ = Playthrough.Play(game, kit.Create(game)).Count());
    }

    private static void RequireSame(ConformanceGame game, byte[]? expected, byte[]? actual, string problem)
    {
        if (!(expected ?? []).SequenceEqual(actual ?? []))
        {
            throw StrategyConformance.Broken(Memory, game, problem);
        }
    }
}
