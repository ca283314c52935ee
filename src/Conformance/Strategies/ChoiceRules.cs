using FLCrowd.Conformance.Code;

namespace FLCrowd.Conformance.Strategies;

/// <summary>What a strategy chooses: actions that exist, the same ones every time, in time.</summary>
internal static class ChoiceRules
{
    public const string Actions = "actions";
    public const string Determinism = "determinism";
    public const string Seeds = "seeds";
    public const string Speed = "speed";

    public static void CheckActions(StrategyConformance kit) => kit.InEveryGame(Actions, game =>
    {
        foreach (var (episode, turn) in Playthrough.Play(game, kit.Create(game)).Index())
        {
            try
            {
                turn.Action.Validated(game.View.MaxBatchSize);
            }
            catch (InvalidActionException e)
            {
                throw StrategyConformance.Broken(Actions, game, $"chooses an action that does not exist in episode {episode}: {e.Message}");
            }
        }
    });

    public static void CheckDeterminism(StrategyConformance kit) => kit.InEveryGame(Determinism, game => Turn.RequireAlike(
        Determinism, game, Playthrough.Play(game, kit.Create(game)).ToList(), Playthrough.Play(game, kit.Create(game)),
        "does not do the same twice with the same seed"));

    public static void CheckSeeds(StrategyConformance kit)
    {
        Sources.Check(Seeds, kit.Create(kit.Games[0]).GetType());
        if (kit.DrawsAtRandom is not { } random)
        {
            return;
        }

        bool differs = false;
        kit.InEveryGame(Seeds, game =>
        {
            var other = game with { View = game.View with { Seed = game.View.Seed.For("another seed") } };
            differs |= !FirstActions(game).SequenceEqual(FirstActions(other));
        });
        if (differs != random)
        {
            throw new ConformanceException(
                Seeds,
                random
                    ? $"'{kit.Name}' chooses the same whatever the seed of its view"
                    : $"what '{kit.Name}' chooses depends on the seed of its view");
        }

        // First choices under several seeds: later ones depend on outcomes, which have noise of their own.
        List<ClientAction> FirstActions(ConformanceGame game) =>
        [
            .. Enumerable.Range(0, Playthrough.Episodes).Select(draw =>
                Playthrough.Play(game with { View = game.Episode(draw) }, kit.Create(game), episodes: 1).First().Action),
        ];
    }

    public static void CheckSpeed(StrategyConformance kit)
    {
        const int Measured = 3;
        int played = 0;
        kit.InEveryGame(Speed, game =>
        {
            if (played++ < Measured)
            {
                Conformance.Speed.Check(
                    Speed,
                    kit.Budget,
                    $"deciding in the game '{game.Name}'",
                    () => Playthrough.Play(game, kit.Create(game), episodes: 8).Count());
            }
        });
    }
}
