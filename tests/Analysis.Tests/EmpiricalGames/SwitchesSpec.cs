using System.Collections.Immutable;
using FLCrowd.Analysis.EmpiricalGames;
using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Analysis.Tests.EmpiricalGames;

public class SwitchesSpec
{
    [Fact]
    public void Hawks_and_doves_have_the_pure_equilibria_that_no_switch_leaves()
    {
        var game = TextbookGames.Of(TextbookGames.HawkDove, 5);
        var found = Switches.Stability(Switches.Of(Table(game, 6, noise: 0), 0.95, 0));
        foreach (var profile in found)
        {
            double best = (from own in Enumerable.Range(0, 2)
                           where profile.Profile[own] > 0
                           let after = Compositions.Switch(profile.Profile, own, 1 - own)
                           select game.Payoff(1 - own, after) - game.Payoff(own, profile.Profile)).Max();
            Assert.Equal(best, profile.Best.Gain, 12);
            Assert.Equal(best > 0 ? GainVerdict.Above : GainVerdict.Below, profile.Verdict);
        }

        // V / C = 2/3: three of five fight.
        Assert.Equal("3/2", Compositions.Text(Assert.Single(found, profile => profile.Verdict == GainVerdict.Below).Profile));
    }

    [Fact]
    public void Noise_that_profiles_of_a_replicate_share_does_not_count()
    {
        var game = TextbookGames.Of(TextbookGames.PrisonersDilemma, 4);
        var profiles = Table(game, 6, noise: 1000);
        Assert.True(profiles[0].Payoff(0).StandardError > 50);
        Assert.Equal(["0/4"], Switches.Stability(Switches.Of(profiles, 0.95, 0))
            .Where(profile => profile.Verdict == GainVerdict.Below).Select(profile => Compositions.Text(profile.Profile)));
    }

    [Fact]
    public void A_gain_up_to_the_tolerance_is_none()
    {
        var game = TextbookGames.Constant(3, 1, 1.5);
        Assert.Equal(GainVerdict.Above, Of(0.4).Verdict);
        Assert.Equal(GainVerdict.Below, Of(0.5).Verdict);
        ProfileStability Of(double tolerance) => Switches.Stability(Switches.Of(Table(game, 4, noise: 0), 0.95, tolerance))[0];
    }

    [Fact]
    public void One_replicate_decides_nothing()
    {
        var switches = Switches.Of(Table(TextbookGames.Of(TextbookGames.PrisonersDilemma, 3), 1, noise: 0), 0.95, 0);
        Assert.All(switches, change => Assert.Equal((GainVerdict.Open, 1), (change.Verdict, change.Replicates)));
    }

    /// <summary>Independent noise of payoffs that are all the same in truth: some interval misses 0 in at most about 5 of 100
    /// tables.</summary>
    [Fact]
    public void Intervals_hold_for_the_whole_table()
    {
        int missed = 0;
        for (int table = 0; table < 200; table++)
        {
            var noise = new Seed((ulong)table);
            int draw = 0;
            var profiles = Compositions.All(3, 2).Select(counts => new ProfilePayoffs([.. counts], Enumerable.Range(0, 8)
                .ToImmutableSortedDictionary(replicate => (1UL, replicate), _ => Play([noise.Normal(draw++), noise.Normal(draw++)]))))
                .ToList();
            missed += Switches.Of(profiles, 0.95, 0).Any(change => change.Limits.Low > 0 || change.Limits.High < 0) ? 1 : 0;
        }

        Assert.InRange(missed, 1, 16);
    }

    private static List<ProfilePayoffs> Table(SymmetricGame game, int replicates, double noise) =>
    [
        .. Compositions.All(game.Players, game.Strategies).Select(counts => new ProfilePayoffs([.. counts], Enumerable.Range(0, replicates)
            .ToImmutableSortedDictionary(replicate => (1UL, replicate), replicate => Play([.. counts.Select((count, own) =>
                count > 0 ? game.Payoff(own, counts) + noise * new Seed(9).Normal(replicate) : double.NaN)])))),
    ];

    private static ProfilePlay Play(ImmutableArray<double> payoffs) => new(payoffs, 0, 0, 0, 0, 0);
}
