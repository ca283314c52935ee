using FLCrowd.Analysis.Dynamics;

namespace FLCrowd.Analysis.Tests.Dynamics;

public sealed class ProfileSpec
{
    private static readonly ClientAction Asked = new(1, 60, 1), Free = new(0, 1, 0);

    [Fact]
    public void Profiles_are_equal_where_all_do_the_same_and_do_not_change()
    {
        ClientAction[] actions = [Asked, Free, Free];
        var profile = new Profile(actions);
        var changed = profile.With(1, Asked);
        actions[0] = Free;
        Assert.Equal([Asked, Free, Free], profile.Actions);
        Assert.Equal((1, 0), (profile.Differences(changed), profile.Differences(changed.With(1, Free))));
        Assert.Equal(profile, changed.With(1, Free));
        Assert.Equal(profile.GetHashCode(), changed.With(1, Free).GetHashCode());
        Assert.NotEqual(profile, changed);
        Assert.Equal("2 x (0, 1, 0), 1 x (1, 60, 1)", profile.Text);
        Assert.Throws<ArgumentOutOfRangeException>(() => profile.With(3, Free));
    }

    [Fact]
    public void What_is_no_history_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Settling.Of([], 6));
        Assert.Throws<ArgumentException>(() => Settling.Of([new Profile(Asked), new Profile(Asked, Free)], 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => Settling.Of([new Profile(Asked)], 0));
    }
}
