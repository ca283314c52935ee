using FLCrowd.Conformance.Mechanisms;

namespace FLCrowd.Conformance;

/// <summary>The rules that every mechanism keeps. README.md says what each asks for.</summary>
/// <param name="plugin">The plug-in that registers it.</param>
/// <param name="name">Its name, <c>vendor/name</c>.</param>
public sealed class MechanismConformance(IPlugin plugin, string name)
{
    private static readonly RuleBook<MechanismConformance> Book = new(
        (MechanismRules.Assignments, MechanismRules.CheckAssignments),
        (MechanismRules.Payments, MechanismRules.CheckPayments),
        (MechanismRules.Determinism, MechanismRules.CheckDeterminism),
        (MechanismRules.Seeds, MechanismRules.CheckSeeds),
        (MechanismRules.StaticState, MechanismRules.CheckStaticState),
        (MechanismRules.Speed, MechanismRules.CheckSpeed));

    private readonly PluginCatalog _catalog = PluginCatalog.Of(plugin);

    /// <summary>The names of the rules.</summary>
    public static IReadOnlyList<string> Rules => Book.Names;

    /// <summary>The mechanism's name.</summary>
    public string Name { get; } = name;

    /// <summary>The mechanism's options, a JSON object.</summary>
    public string Options { get; init; } = "{}";

    /// <summary>The time for one episode: announcing, observing its rounds, and paying ten clients.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Checks all rules.</summary>
    /// <exception cref="ConformanceException">One is broken.</exception>
    public void Check() => Book.Check(this);

    /// <summary>Checks one rule.</summary>
    /// <exception cref="ConformanceException">It is broken.</exception>
    /// <exception cref="ArgumentException">There is no such rule.</exception>
    public void Check(string rule) => Book.Check(this, rule);

    internal IIncentiveMechanism Create() => _catalog.CreateMechanism(new PluginChoice(Name, Options, Name));

    /// <summary>Does something in every game that the mechanism takes.</summary>
    internal void InEveryGame(string rule, Action<MechanismGame> check)
    {
        int played = 0;
        SettingException? refused = null;
        foreach (var game in MechanismGame.All)
        {
            try
            {
                check(game);
                played++;
            }
            catch (SettingException e)
            {
                refused = e;
            }
            catch (Exception e) when (e is not ConformanceException)
            {
                throw Broken(rule, game, $"throws {e.GetType().Name}: {e.Message}");
            }
        }

        if (played == 0)
        {
            throw new ConformanceException(rule, $"'{Name}' refuses every game ({refused?.Message}); give it other options (Options)");
        }
    }

    internal static ConformanceException Broken(string rule, MechanismGame game, string problem) =>
        new(rule, $"in the game '{game.Name}' it {problem}");
}
