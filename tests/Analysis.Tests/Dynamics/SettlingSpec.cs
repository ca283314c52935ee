using FLCrowd.Analysis.Dynamics;

namespace FLCrowd.Analysis.Tests.Dynamics;

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
    public void The_last_six_revisions_tell_how_it_ended(string profiles, EndingKind kind, string reached, int period, int restless)
    {
        var ending = Settling.Of([.. profiles.Split(' ').Select(Of)], settled: 6);
        Assert.Equal((kind, period, restless), (ending.Kind, ending.Period, ending.Restless));
        Assert.Equal(Of(reached), ending.Reached);
    }

    private static Profile Of(string letters) => new([.. letters.Select(Action)]);

    private static ClientAction Action(char letter) => new(1, letter, 1);
}
