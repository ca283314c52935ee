using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Tables;
using FLCrowd.Analysis.Regret;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Regret;

namespace FLCrowd.Experiments.Dynamics;

/// <summary>How a dynamics experiment is carried out.</summary>
/// <param name="Settings">Who revises, and by what.</param>
/// <param name="Turns">When who may revise.</param>
/// <param name="Deviations">The deviations that a response is searched among, and that the regret of the profile reached is measured
/// over.</param>
/// <param name="Swept">The columns of variants and grid.</param>
internal sealed record DynamicsDesign(
    DynamicsSettings Settings, RevisionSettings Turns, RegretSettings Deviations, IReadOnlyList<string> Swept)
{
    /// <summary>What a game was played for.</summary>
    public static readonly Column<string> Phase = new(
        "phase", ColumnType.Text,
        "`play`; `search`: responses to a profile are measured; `asked`: all do as they are asked, in the draws of the first "
        + "`replicates` of the "
        + "measurement, to compare with; `regret`", "");

    /// <summary>Columns of the tables behind those of variants and grid: what a game was played for, and after which revision.</summary>
    public static IReadOnlyList<Column> Declared { get; } =
    [
        Phase,
        new("revision", ColumnType.Whole, "the revision after which it was played, where there is one"),
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Columns { get; } = [.. Declared.Select(column => column.Name)];

    /// <summary>Whether responses and regret are those of expected payoffs in closed form, so that no deviation is played.</summary>
    public bool IsExact => Settings.IsExact;

    /// <summary>The values of a game's columns.</summary>
    public static string[] Values(IReadOnlyList<string> cell, DynamicsPhase phase, string revision) =>
        [.. cell, phase.ToString().ToLowerInvariant(), revision];

    /// <summary>Looks whether the games have what is asked for, before they are prepared.</summary>
    /// <exception cref="SettingException">One has no payoffs in closed form; says why.</exception>
    public void Check(ExperimentPlan plan, PluginCatalog catalog)
    {
        if (IsExact)
        {
            foreach (var game in plan.Games)
            {
                ExactPayoffs.Require(game, catalog);
            }
        }
    }

    /// <summary>The search for a response to a profile, by games.</summary>
    public RegretDesign Search(IReadOnlyList<string> cell, int revision, IReadOnlyList<int> clients) =>
        (Deviations with { Clients = null, OnePerEntry = false, Reports = [] }).Design([]) with // what learns plays actions
        {
            Blocks =
            [
                new RegretBlock(
                    "", Values(cell, DynamicsPhase.Search, Number(revision)), [.. clients.Select(client => new RegretClient(client, 1))]),
            ],
        };

    /// <summary>The measurement of the profiles reached.</summary>
    /// <param name="reached">By block: its values of the swept columns, and its game with the clients at what they reached.</param>
    public RegretDesign Measurement(IEnumerable<(IReadOnlyList<string> Cell, GameDefinition Game)> reached) =>
        Deviations.Design(reached.Select(block => (
            Sweep.Label(Swept, block.Cell), (IReadOnlyList<string>)Values(block.Cell, DynamicsPhase.Regret, ""), block.Game)));

    public static string Number(int revision) => revision.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What a game of a dynamics experiment is played for.</summary>
internal enum DynamicsPhase
{
    /// <summary>A profile, or clients that learn.</summary>
    Play,

    /// <summary>Responses to a profile, to choose one.</summary>
    Search,

    /// <summary>What everybody is asked to do, to compare with.</summary>
    Asked,

    /// <summary>Deviations from the profile reached.</summary>
    Regret,
}
