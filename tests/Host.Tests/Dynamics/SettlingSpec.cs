using FLCrowd.Experiments.Dynamics;

namespace FLCrowd.Host.Tests.Dynamics;

public class SettlingSpec
{
    /// <summary>Two clients; a letter is an action.</summary>
    [Theory]
    [InlineData("aa bb ab ab ab ab ab ab", EndingKind.FixedPoint, "ab", 0, 0)]
    [InlineData("aa ab bb ba aa ab bb ba aa ab bb ba", EndingKind.Moving, "ba", 0, 2)] // a period of 4 does not fit into the last 6 twice
    [InlineData("aa bb aa bb aa bb", EndingKind.Cycle, "bb", 2, 2)]
    [InlineData("aa ac aa aa ab aa aa ab aa aa ac aa", EndingKind.Steady, "aa", 0, 1)]
    [InlineData("aa aa aa aa aa aa bb bb bb bb aa bb", EndingKind.Moving, "bb", 0, 2)]
    [InlineData("ab", EndingKind.FixedPoint, "ab", 0, 0)]
    internal void The_last_six_revisions_tell_how_it_ended(string profiles, EndingKind kind, string reached, int period, int restless)
    {
        var ending = Settling.Of([.. profiles.Split(' ').Select(Of)], settled: 6);
        Assert.Equal((kind, period, restless), (ending.Kind, ending.Period, ending.Restless));
        Assert.Equal(Of(reached), ending.Reached);
    }

    [Fact]
    public void A_fixed_profile_keeps_entries_apart_and_clients_that_do_the_same_together()
    {
        var crowd = Configured.Run("clients=[{ strategy = truthful, ids = [0, 1, 2, 5] }, { strategy = free-rider, share = 1 }]", "data.clients=6").Plan.Games[0].Crowd;
        var fixedCrowd = new Profile([.. "aababa".Select(Action)]).Fix(crowd);
        Assert.Equal(
            ["0-0 1-1 5-5: a", "2-2: b", "3-3: a", "4-4: b"],
            fixedCrowd.Groups.Select(group =>
                $"{string.Join(' ', group.Members.SelectMany(range => Enumerable.Range(range.First, range.Count)).Select(client => $"{client}-{client}"))}: "
                + (group.Strategy.Options.Contains("\"batch-size\":97", StringComparison.Ordinal) ? "a" : "b")));
        Assert.All(fixedCrowd.Groups, group => Assert.Equal("fixed", group.Strategy.Name));
    }

    private static Profile Of(string letters) => new([.. letters.Select(Action)]);

    private static ClientAction Action(char letter) => new(1, letter, 1);
}
