namespace FLCrowd.Strategies.Tests.Clients;

public class LabelFlipSpec
{
    private const int ClassCount = 10;

    [Fact]
    public void Without_options_every_class_becomes_the_next() =>
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 0], Enumerable.Range(0, ClassCount).Select(label => Label("{}", label)));

    [Fact]
    public void With_from_and_to_only_that_class_changes() =>
        Assert.Equal(
            [0, 8, 2, 3, 4, 5, 6, 7, 8, 9],
            Enumerable.Range(0, ClassCount).Select(label => Label("""{ "from": 1, "to": 8 }""", label)));

    [Fact]
    public void A_share_flips_that_share_and_a_larger_share_flips_the_same_samples_and_more()
    {
        const int samples = 10_000;
        bool[] Flipped(string share) => [.. Enumerable.Range(0, samples)
            .Select(sample => Label($$"""{ "from": 1, "to": 8, "flip-share": {{share}} }""", label: 1, sample) == 8)];

        var (few, many) = (Flipped("0.3"), Flipped("0.6"));
        Assert.InRange(few.Count(flipped => flipped) / (double)samples, 0.28, 0.32);
        Assert.InRange(many.Count(flipped => flipped) / (double)samples, 0.58, 0.62);
        Assert.All(few.Zip(many), pair => Assert.True(!pair.First || pair.Second));
    }

    [Fact]
    public void Labels_with_full_effort_whatever_is_assigned()
    {
        var view = Game.View();
        var lazy = view with { Assignment = view.Assignment with { Effort = 0.5 } };
        Assert.Equal(1, Game.Strategy("label-flip").Choose(lazy).Effort);
    }

    [Theory]
    [InlineData("{}", 0, "label-flip has nothing to label: the model of this game has no labels")]
    [InlineData("""{ "from": 10, "to": 1 }""", 10, "label-flip: from is 10; the classes of this game are 0 to 9")]
    [InlineData("""{ "from": 1, "to": 12 }""", 10, "label-flip: to is 12; the classes of this game are 0 to 9")]
    public void Fails_where_it_cannot_work(string options, int classCount, string message) =>
        Assert.Equal(
            message,
            Assert.Throws<InvalidActionException>(
                () => Game.Strategy("label-flip", options).Choose(Game.View(classCount: classCount))).Message);

    [Fact]
    public void The_share_is_no_longer_called_as_the_selection_of_clients_is() => Assert.Equal(
        "clients[3].share: is called flip-share now", Game.SettingError(() => Game.Strategy("label-flip", """{ "share": 0.5 }""")));

    [Theory]
    [InlineData("""{ "from": 1 }""", "clients[3].from: needs to as well; set both, or neither")]
    [InlineData("""{ "to": 1 }""", "clients[3].to: needs from as well; set both, or neither")]
    [InlineData("""{ "from": 1, "to": 1 }""", "clients[3].to: is 1, as from is; nothing would be mislabeled")]
    [InlineData("""{ "from": -1, "to": 1 }""", "clients[3].from: is -1; must be at least 0 and at most 255")]
    public void Refuses_half_a_flip(string options, string message) =>
        Assert.Equal(message, Game.SettingError(() => Game.Strategy("label-flip", options)));

    private static int Label(string options, int label, int sample = 0) =>
        ((ILabeler)Game.Strategy("label-flip", options)).Label(new LabelView
        {
            Client = 7,
            Sample = sample,
            Label = label,
            ClassCount = ClassCount,
            Seed = new Seed(3),
        });
}
