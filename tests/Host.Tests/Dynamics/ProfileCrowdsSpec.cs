using FLCrowd.Actors.Definitions;
using FLCrowd.Analysis.Dynamics;
using FLCrowd.Experiments.Dynamics;

namespace FLCrowd.Host.Tests.Dynamics;

public class ProfileCrowdsSpec
{
    [Fact]
    public void A_fixed_profile_keeps_entries_apart_and_clients_that_do_the_same_together()
    {
        var crowd = Configured.Run(
            "clients=[{ strategy = truthful, ids = [0, 1, 2, 5] }, { strategy = free-rider, share = 1 }]",
            "data.clients=6").Plan.Games[0].Crowd;
        var fixedCrowd = new Profile([.. "aababa".Select(Action)]).Fix(crowd);
        Assert.Equal(
            ["0-0 1-1 5-5: a", "2-2: b", "3-3: a", "4-4: b"],
            fixedCrowd.Groups.Select(group =>
                string.Join(' ', Clients(group).Select(client => $"{client}-{client}")) + ": "
                + (group.Strategy.Options.Contains("\"batch-size\":97", StringComparison.Ordinal) ? "a" : "b")));
        Assert.All(fixedCrowd.Groups, group => Assert.Equal("fixed", group.Strategy.Name));
    }

    private static IEnumerable<int> Clients(ClientGroup group) =>
        group.Members.SelectMany(range => Enumerable.Range(range.First, range.Count));

    private static ClientAction Action(char letter) => new(1, letter, 1);
}
