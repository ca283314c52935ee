using FLCrowd.Conformance.Code;

namespace FLCrowd.Conformance.Mechanisms;

/// <summary>What a mechanism announces and pays.</summary>
internal static class MechanismRules
{
    public const string Assignments = "assignments";
    public const string Payments = "payments";
    public const string Determinism = "determinism";
    public const string Seeds = "seeds";
    public const string StaticState = "static-state";
    public const string Speed = "speed";

    public static void CheckAssignments(MechanismConformance kit) => InEveryEpisode(kit, Assignments, (game, episode) =>
    {
        var assignments = episode.Assignments;
        if (assignments.Count != game.Clients.Count)
        {
            throw MechanismConformance.Broken(
                Assignments, game, $"announces {assignments.Count} assignments for {game.Clients.Count} clients");
        }

        foreach (var (assignment, client) in assignments.Zip(game.Clients))
        {
            try
            {
                assignment.AsAction.Validated(client.MaxBatchSize);
            }
            catch (InvalidActionException e)
            {
                throw MechanismConformance.Broken(Assignments, game, $"asks client {client.Client} for what it cannot do: {e.Message}");
            }

            var terms = assignment.Terms;
            if (terms.Announced.Values.Prepend(terms.Fixed).Prepend(terms.LossSlope).Any(number => !double.IsFinite(number)))
            {
                throw MechanismConformance.Broken(Assignments, game, $"announces terms to client {client.Client} that are not finite");
            }
        }

        if (episode.LeftOut.Distinct().Count() != episode.LeftOut.Count
            || episode.LeftOut.Any(client => client < 0 || client >= game.Clients.Count))
        {
            throw MechanismConformance.Broken(
                Assignments,
                game,
                $"leaves out the clients {string.Join(", ", episode.LeftOut)}: each is named once, from 0 to {game.Clients.Count - 1}");
        }
    });

    public static void CheckPayments(MechanismConformance kit) => InEveryEpisode(kit, Payments, (game, episode) =>
    {
        foreach (var (client, reward) in episode.Rewards.Index())
        {
            if (!double.IsFinite(reward))
            {
                throw MechanismConformance.Broken(
                    Payments, game, $"pays client {client} {reward}, or nothing at all; every reward is a finite number");
            }
        }
    });

    public static void CheckDeterminism(MechanismConformance kit) => kit.InEveryGame(Determinism, game =>
    {
        var (one, other) = (kit.Create(), kit.Create());
        for (int episode = 0; episode < game.TestLosses.Count; episode++)
        {
            var (first, second) = (game.Play(one, episode), game.Play(other, episode));
            if (!first.Rewards.SequenceEqual(second.Rewards)
                || !Actions(first.Assignments).SequenceEqual(Actions(second.Assignments)))
            {
                throw MechanismConformance.Broken(Determinism, game, $"does not announce and pay the same twice (episode {episode})");
            }
        }
    });

    private static IEnumerable<ClientAction> Actions(IReadOnlyList<Assignment> assignments) =>
        assignments.Select(assignment => assignment.AsAction);

    public static void CheckSeeds(MechanismConformance kit) => Sources.Check(Seeds, kit.Create().GetType());

    public static void CheckStaticState(MechanismConformance kit)
    {
        var state = new StaticState(kit.Create().GetType());
        state.RequireReadOnly(StaticState);
        Play(); // what is made once is made
        state.RequireUnchanged(StaticState, Play);

        void Play() => InEveryEpisode(kit, StaticState, (_, _) => { });
    }

    public static void CheckSpeed(MechanismConformance kit)
    {
        bool measured = false;
        kit.InEveryGame(Speed, game =>
        {
            if (!measured)
            {
                Conformance.Speed.Check(Speed, kit.Budget, $"an episode of the game '{game.Name}'", () =>
                {
                    var mechanism = kit.Create();
                    return game.TestLosses.Index().Count(episode => game.Play(mechanism, episode.Index).Rewards.Length > 0);
                });
                measured = true;
            }
        });
    }

    private static void InEveryEpisode(
        MechanismConformance kit,
        string rule,
        Action<MechanismGame, (IReadOnlyList<Assignment> Assignments, double[] Rewards, IReadOnlyList<int> LeftOut)> check) =>
        kit.InEveryGame(rule, game =>
        {
            var mechanism = kit.Create();
            for (int episode = 0; episode < game.TestLosses.Count; episode++)
            {
                check(game, game.Play(mechanism, episode));
            }
        });
}
