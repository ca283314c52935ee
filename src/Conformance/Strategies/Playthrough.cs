using System.Buffers;

namespace FLCrowd.Conformance.Strategies;

/// <summary>What a strategy did in one episode, and what it remembers after it.</summary>
/// <param name="Action">The action.</param>
/// <param name="Labels">The labels of some samples; empty where it is no labeler.</param>
/// <param name="Reports">The reports of two rounds, one after the other; empty where it is no reporter.</param>
/// <param name="Memory">What it saved; null where it saves nothing.</param>
internal sealed record Turn(ClientAction Action, int[] Labels, float[] Reports, byte[]? Memory)
{
    /// <summary>Throws where two plays of a game differ in what was done.</summary>
    public static void RequireAlike(string rule, ConformanceGame game, IEnumerable<Turn> expected, IEnumerable<Turn> actual, string problem)
    {
        foreach (var (episode, (one, other)) in expected.Zip(actual).Index())
        {
            var difference = one.Action != other.Action ? $"{one.Action}, then {other.Action}"
                : !one.Labels.SequenceEqual(other.Labels) ? "other labels"
                : !one.Reports.SequenceEqual(other.Reports) ? "another report"
                : null;
            if (difference is not null)
            {
                throw StrategyConformance.Broken(rule, game, $"{problem} (episode {episode}: {difference})");
            }
        }
    }
}

/// <summary>Plays games as the program does: choose, label, report, observe.</summary>
internal static class Playthrough
{
    /// <summary>Episodes of a game that is played through.</summary>
    public const int Episodes = 16;

    /// <summary>Plays a game with one instance from beginning to end.</summary>
    public static IEnumerable<Turn> Play(ConformanceGame game, IClientStrategy strategy, int episodes = Episodes) =>
        Enumerable.Range(0, episodes).Select(episode => PlayEpisode(game, strategy, episode));

    /// <summary>Plays a game with a new instance in every episode, which knows what the one before it saved.</summary>
    public static IEnumerable<Turn> PlayMoving(ConformanceGame game, Func<IClientStrategy> create, Action<byte[], IClientStrategy> loaded)
    {
        byte[]? memory = null;
        for (int episode = 0; episode < Episodes; episode++)
        {
            var strategy = create();
            if (memory is not null && strategy.Capability<IStrategyMemory>() is { } remembering)
            {
                remembering.Load(memory);
                loaded(memory, strategy);
            }

            var turn = PlayEpisode(game, strategy, episode);
            memory = turn.Memory;
            yield return turn;
        }
    }

    public static byte[]? Save(IClientStrategy strategy)
    {
        if (strategy.Capability<IStrategyMemory>() is not { } remembering)
        {
            return null;
        }

        var writer = new ArrayBufferWriter<byte>();
        remembering.Save(writer);
        return writer.WrittenSpan.ToArray();
    }

    /// <exception cref="RefusedException">The strategy cannot play this game.</exception>
    private static Turn PlayEpisode(ConformanceGame game, IClientStrategy strategy, int episode)
    {
        var view = game.Episode(episode);
        ClientAction action;
        try
        {
            action = Acts.Choose(strategy, view);
        }
        catch (InvalidActionException e)
        {
            throw new RefusedException(e.Message);
        }

        // What the program would not play, is not played on here: the rule "actions" says what is wrong.
        if (!IsPossible(action, view.MaxBatchSize))
        {
            return new Turn(action, [], [], null);
        }

        var labels = strategy.Capability<ILabeler>() is not null && view.ClassCount > 0 ? Acts.Labels(strategy, view) : [];
        var reports = strategy.Capability<IReporter>() is not null ? Acts.Reports(strategy, view, action) : [];
        strategy.Capability<IStrategyMemory>()?.Observe(game.Outcome(episode, action));
        return new Turn(action, labels, reports, Save(strategy));
    }

    private static bool IsPossible(ClientAction action, int maxBatchSize) =>
        action is { Effort: >= 0 and <= 1, BatchSize: >= 1, Gamma: >= 0 }
            && double.IsFinite(action.Gamma) && action.BatchSize <= maxBatchSize;
}

/// <summary>A strategy does not play a game; it may say so.</summary>
internal sealed class RefusedException(string message) : Exception(message);
