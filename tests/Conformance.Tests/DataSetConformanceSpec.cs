namespace FLCrowd.Conformance.Tests;

public class DataSetConformanceSpec
{
    public static TheoryData<string> Rules => [.. DataSetConformance.Rules];

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_good_data_set_keeps_the_rule(string rule) => Kit("good").Check(rule);

    [Theory]
    [InlineData("shapeless",
        "samples", "the program refuses it: broken/shapeless: the data set 'broken/shapeless' has samples of 1 x 0 x 2 features")]
    [InlineData("short", "samples", "has 3 features for 4 training labels; must have 8, 1 x 1 x 2 for each")]
    [InlineData("empty", "samples", "has no test samples; must have at least 1")]
    [InlineData("outside", "samples", "has the label 2 at training sample 1; must be 0 to 1")]
    [InlineData("infinite", "samples", "has Infinity as feature 1 of test sample 0; must be finite")]
    [InlineData("throwing", "samples", "loading 'broken/throwing' throws FileNotFoundException: no such file")]
    [InlineData("anonymous", "name", "it is registered as 'broken/anonymous' and calls itself 'digits'")]
    [InlineData("one-class", "classes", "it has 2 classes, and no training sample of class 1")]
    [InlineData("untested", "classes", "it has 2 classes, and no test sample of class 0")]
    [InlineData("raw", "features", "it has 40000 as feature 0 of training sample 2; scale features to at most 1000 (MostMagnitude)")]
    [InlineData("blank", "features", "all its training samples are the same")]
    [InlineData("by-heart", "apart", "2 of its 2 test samples are training samples, too; at most a share of 0.1 may be (MostShared)")]
    [InlineData("moody", "determinism", "its test samples are others when it is loaded again")]
    [InlineData("growing", "determinism", "it has other classes or another shape when it is loaded again")]
    [InlineData("slow", "speed", "loading it takes ")]
    public void A_broken_data_set_is_told_which_rule_it_breaks_and_how(string name, string rule, string message)
    {
        var broken = Assert.Throws<ConformanceException>(() => Kit(name).Check(rule));
        Assert.Equal(rule, broken.Rule);
        Assert.Contains(message, broken.Message, StringComparison.Ordinal);
        Assert.Throws<ConformanceException>(Kit(name).Check);
    }

    [Fact]
    public void Limits_are_the_authors()
    {
        new DataSetConformance(new Broken(), "broken/raw") { MostMagnitude = 1e5 }.Check("features");
        new DataSetConformance(new Broken(), "broken/by-heart") { MostShared = 1 }.Check("apart");
    }

    private static DataSetConformance Kit(string name) => new(new Broken(), $"broken/{name}") { Budget = TimeSpan.FromMilliseconds(100) };

    private sealed class Broken : IPlugin
    {
        private int _loads;

        public void Register(IPluginRegistry registry)
        {
            Add("good", Good);
            Add("shapeless", () => Good() with { Shape = new SampleShape(1, 0, 2) });
            Add("short", () => Good() with { Training = new LabeledSamples([1, 2, 3], [0, 1, 0, 1]) });
            Add("empty", () => Good() with { Test = new LabeledSamples([], []) });
            Add("outside", () => Good() with { Training = new LabeledSamples([1, 2, 3, 4], [0, 2]) });
            Add("infinite", () => Good() with { Test = new LabeledSamples([1, float.PositiveInfinity, 3, 4], [0, 1]) });
            Add("throwing", () => throw new FileNotFoundException("no such file"));
            registry.AddDataSet<NoOptions>("broken/anonymous", "", _ => Good() with { Name = "digits" });
            Add("one-class", () => Good() with { Training = new LabeledSamples([1, 2, 3, 4], [0, 0]) });
            Add("untested", () => Good() with { Test = new LabeledSamples([1, 2, 3, 4], [1, 1]) });
            Add("raw", () => Good() with { Training = new LabeledSamples([1, 2, 3, 4, 40000, 6, 7, 8], [0, 1, 0, 1]) });
            Add("blank", () => Good() with { Training = new LabeledSamples([5, 5, 5, 5, 5, 5], [0, 1, 0]) });
            Add("by-heart", () => Good() with { Test = new LabeledSamples([3, 4, 1, 2], [1, 0]) });
            Add("moody", () => Good() with { Test = new LabeledSamples([90 + _loads++, 9, 9, 8], [1, 0]) });
            Add("growing", () => Good() with { ClassCount = 2 + _loads++, Shape = new SampleShape(1, 2, 1) });
            Add("slow", () =>
            {
                using var never = new ManualResetEventSlim();
                never.Wait(TimeSpan.FromMilliseconds(150));
                return Good();
            });

            void Add(string name, Func<DataSet> create) =>
                registry.AddDataSet<NoOptions>($"broken/{name}", "", _ => create() with { Name = $"broken/{name}" });
        }

        private static DataSet Good() => new(
            "", 2, new SampleShape(1, 1, 2),
            new LabeledSamples([1, 2, 3, 4, 5, 6, 7, 8], [0, 1, 0, 1]), new LabeledSamples([9, 9, 9, 8], [0, 1]));
    }
}
