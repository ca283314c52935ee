using FLCrowd.Conformance.Strategies;

namespace FLCrowd.Conformance;

/// <summary>The rules that every strategy keeps. README.md says what each asks for.</summary>
/// <param name="plugin">The plug-in that registers it.</param>
/// <param name="name">Its name, <c>vendor/name</c>.</param>
public sealed class StrategyConformance(IPlugin plugin, string name)
{
    private static readonly RuleBook<StrategyConformance> Book = new(
        (ChoiceRules.Actions, ChoiceRules.CheckActions),
        (ChoiceRules.Determinism, ChoiceRules.CheckDeterminism),
        (ChoiceRules.Seeds, ChoiceRules.CheckSeeds),
        (MemoryRules.Memory, MemoryRules.CheckMemory),
        (MemoryRules.StaticState, MemoryRules.CheckStaticState),
        (ActRules.Labels, ActRules.CheckLabels),
        (ActRules.Reports, ActRules.CheckReports),
        (ChoiceRules.Speed, ChoiceRules.CheckSpeed));

    private readonly PluginCatalog _catalog = PluginCatalog.Of(plugin);

    /// <summary>The names of the rules.</summary>
    public static IReadOnlyList<string> Rules => Book.Names;

    /// <summary>The strategy's name.</summary>
    public string Name { get; } = name;

    /// <summary>The strategy's options, a JSON object.</summary>
    public string Options { get; init; } = "{}";

    /// <summary>What is played; for a strategy that needs a game of its own, add that.</summary>
    public IReadOnlyList<ConformanceGame> Games { get; init; } = ConformanceGame.All;

    /// <summary>Whether choices depend on the seed: true, they must; false, they must not; null, they may.</summary>
    public bool? DrawsAtRandom { get; init; }

    /// <summary>The time for one episode's decisions: choosing, labeling two dozen samples, reporting twice, observing and
    /// saving.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Checks all rules.</summary>
    /// <exception cref="ConformanceException">One is broken.</exception>
    public void Check() => Book.Check(this);

    /// <summary>Checks one rule.</summary>
    /// <exception cref="ConformanceException">It is broken.</exception>
    /// <exception cref="ArgumentException">There is no such rule.</exception>
    public void Check(string rule) => Book.Check(this, rule);

    /// <summary>A new instance for a game's client.</summary>
    internal IClientStrategy Create(ConformanceGame game) =>
        _catalog.CreateStrategy(new PluginChoice(Name, Options, Name), game.View.Client);

    /// <summary>Does something in every game that the strategy plays.</summary>
    internal void InEveryGame(string rule, Action<ConformanceGame> check)
    {
        int played = 0;
        foreach (var game in Games)
        {
            try
            {
                check(game);
                played++;
            }
            catch (RefusedException)
            {
                // It says that it cannot play this game.
            }
            catch (Exception e) when (e is not ConformanceException)
            {
                throw Broken(rule, game, $"throws {e.GetType().Name}: {e.Message}");
            }
        }

        if (played == 0)
        {
            throw new ConformanceException(
                rule, $"'{Name}' refuses every game; add one that it plays (Games), or give it other options (Options)");
        }
    }

    internal static ConformanceException Broken(string rule, ConformanceGame game, string problem) =>
        new(rule, $"in the game '{game.Name}' it {problem}");
}
