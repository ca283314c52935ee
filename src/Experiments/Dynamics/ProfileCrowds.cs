using System.Text.Json;
using FLCrowd.Actors.Definitions;
using FLCrowd.Analysis.Dynamics;
using FLCrowd.Experiments.Regret;

namespace FLCrowd.Experiments.Dynamics;

/// <summary>Crowds that play a profile.</summary>
internal static class ProfileCrowds
{
    /// <summary>The crowd with every client playing its action, whatever it is asked; clients of one entry that do the same stay one group.
    /// </summary>
    public static CrowdDefinition Fix(this Profile profile, CrowdDefinition crowd) => crowd with
    {
        Groups = [.. crowd.Groups.SelectMany(group => group.Members
            .SelectMany(range => Enumerable.Range(range.First, range.Count))
            .GroupBy(client => profile.Actions[client])
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

    private static string Options(ClientAction action)
    {
        var options = new Dictionary<string, double>
        {
            ["effort"] = action.Effort,
            ["batch-size"] = action.BatchSize,
            ["gamma"] = action.Gamma,
        };
        if (action.Attendance != 1)
        {
            options["attendance"] = action.Attendance;
        }

        return JsonSerializer.Serialize(options);
    }
}
