using System.Globalization;
using System.Text.Json;
using FLCrowd.Actors.Definitions;
using FLCrowd.Host.Regret;

namespace FLCrowd.Host.Dynamics;

/// <summary>What every client does, in client order.</summary>
internal sealed class Profile(IReadOnlyList<ClientAction> actions) : IEquatable<Profile>
{
    public IReadOnlyList<ClientAction> Actions { get; } = actions;

    /// <summary>The same, but for one client.</summary>
    public Profile With(int client, ClientAction action)
    {
        ClientAction[] changed = [.. Actions];
        changed[client] = action;
        return new Profile(changed);
    }

    /// <summary>How many clients do something else than in another profile.</summary>
    public int Differences(Profile other) => Actions.Zip(other.Actions).Count(pair => pair.First != pair.Second);

    /// <summary>For people: how many do what, the most frequent first: <c>7 x (0, 1, 0), 3 x (1, 60, 1.25)</c>.</summary>
    public string Text => string.Join(", ", Actions
        .GroupBy(action => action)
        .OrderByDescending(same => same.Count())
        .Select(same => string.Create(CultureInfo.InvariantCulture, $"{same.Count()} x {Describe(same.Key)}")));

    /// <summary>An action for people: <c>(e, D, gamma)</c>.</summary>
    public static string Describe(ClientAction action) =>
        string.Create(CultureInfo.InvariantCulture, $"({action.Effort:0.###}, {action.BatchSize}, {action.Gamma:0.###})");

    /// <summary>The crowd with every client playing its action, whatever it is asked; clients of one entry that do the same stay one group.</summary>
    public CrowdDefinition Fix(CrowdDefinition crowd) => crowd with
    {
        Groups = [.. crowd.Groups.SelectMany(group => group.Members
            .SelectMany(range => Enumerable.Range(range.First, range.Count))
            .GroupBy(client => Actions[client])
            .Select(same => group with
            {
                Strategy = new PluginChoice("fixed", Options(same.Key), "experiment.dynamics"),
                Members = RegretPlan.Ranges([.. same]),
            }))],
    };

    /// <summary>The crowd with every client doing what it is asked.</summary>
    public static CrowdDefinition AsAsked(CrowdDefinition crowd) => crowd with
    {
        Groups = [.. crowd.Groups.Select(group => group with { Strategy = new PluginChoice("fixed", "{}", "experiment.dynamics") })],
    };

    public bool Equals(Profile? other) => other is not null && Actions.SequenceEqual(other.Actions);

    public override bool Equals(object? obj) => Equals(obj as Profile);

    public override int GetHashCode() => Actions.Aggregate(0, HashCode.Combine);

    private static string Options(ClientAction action) => JsonSerializer.Serialize(new Dictionary<string, double>
    {
        ["effort"] = action.Effort,
        ["batch-size"] = action.BatchSize,
        ["gamma"] = action.Gamma,
    });
}
