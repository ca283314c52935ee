namespace FLCrowd.Abstractions.Tests.Learning;

public class DataSetCheckSpec
{
    private static readonly PluginSource Source = new("Acme.Data", "1.0", Guid.Empty, "/acme/Acme.Data.dll", "");

    private static readonly SampleShape Shape = new(1, 1, 2);

    private static DataSet Good => new("good", 3, Shape, Samples(6), Samples(3));

    public static TheoryData<string, Func<DataSet, DataSet>> Wrong => new()
    {
        { "has 1 classes; must have 2 to 256", data => data with { ClassCount = 1 } },
        { "has 257 classes; must have 2 to 256", data => data with { ClassCount = 257 } },
        { "has samples of 0 x 1 x 2 features; each must be at least 1", data => data with { Shape = new SampleShape(0, 1, 2) } },
        { "has samples of 65536 x 65536 x 1 features; each must be at least 1", data =>
            data with { Shape = new SampleShape(65536, 65536, 1) } },
        { "has samples of 1 x 65536 x 65536 features; each must be at least 1", data =>
            data with { Shape = new SampleShape(1, 65536, 65536) } },
        { "has 12 features for 6 training labels; must have 12884901882", data =>
            data with { Shape = new SampleShape(int.MaxValue, 1, 1) } },
        { "has no training samples; must have at least 1", data => data with { Training = Samples(0) } },
        { "has no test samples; must have at least 1", data => data with { Test = Samples(0) } },
        { "has no test samples; must have at least 1", data => data with { Test = null! } },
        { "has no training samples; must have at least 1", data => data with { Training = new LabeledSamples(null!, [1]) } },
        { "has 12 features for 5 training labels; must have 10, 1 x 1 x 2 for each", data =>
            data with { Training = data.Training with { Labels = new byte[5] } } },
        { "has 5 features for 3 test labels; must have 6, 1 x 1 x 2 for each", data =>
            data with { Test = data.Test with { Features = new float[5] } } },
        { "has 12 features for 6 training labels; must have 18, 1 x 3 x 1 for each", data =>
            data with { Shape = new SampleShape(1, 3, 1) } },
        { "has the label 3 at training sample 4; must be 0 to 2", data => data with { Training = Labeled(data.Training, 4, 3) } },
        { "has the label 255 at test sample 0; must be 0 to 2", data => data with { Test = Labeled(data.Test, 0, 255) } },
        { "has NaN as feature 1 of training sample 5; must be finite", data =>
            data with { Training = Featured(data.Training, 11, float.NaN) } },
        { "has NaN as feature 0 of training sample 0; must be finite", data =>
            data with { Training = Featured(data.Training, 0, float.NaN) } },
        { "has -Infinity as feature 0 of test sample 1; must be finite", data =>
            data with { Test = Featured(data.Test, 2, float.NegativeInfinity) } },
        { "has 5 features for 3 test labels; must have 6, 1 x 1 x 2 for each", data =>
            data with { Test = LabeledSamples.OfBytes(new byte[5], 255, data.Test.Labels) } },
        { "divides the bytes of its test samples by 0; features must be finite", data =>
            data with { Test = LabeledSamples.OfBytes(new byte[6], 0, data.Test.Labels) } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_data_set_that_is_none_is_named_with_its_plug_in_and_where(string problem, Func<DataSet, DataSet> change)
    {
        var catalog = Catalog(change(Good));
        for (int time = 0; time < 2; time++)
        {
            var error =
                Assert.Throws<SettingException>(() => catalog.CreateDataSet(new PluginChoice("acme/data", "{}", "data.acme/data"))).Message;
            Assert.StartsWith($"data.acme/data: the data set 'acme/data' of Acme.Data {problem}", error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(256)]
    public void Labels_of_a_byte_tell_up_to_256_classes_apart(int classes)
    {
        var samples = new LabeledSamples(new float[4], [0, (byte)(classes - 1)]);
        var data = new DataSet("good", classes, Shape, samples, samples);
        Assert.Same(data, Catalog(data).CreateDataSet(new PluginChoice("acme/data")));
    }

    [Fact]
    public void Features_of_any_finite_size_are_fine_although_their_sum_overflows() => Assert.Same(
        typeof(DataSet), Catalog(Good with { Test = Featured(Featured(Good.Test, 0, float.MaxValue), 1, float.MinValue) })
            .CreateDataSet(new PluginChoice("acme/data")).GetType());

    private static PluginCatalog Catalog(DataSet data)
    {
        var catalog = new PluginCatalog();
        catalog.Add(new Plugin(data), Source);
        return catalog;
    }

    private static LabeledSamples Samples(int count) =>
        new(new float[2 * count], [.. Enumerable.Range(0, count).Select(sample => (byte)(sample % 3))]);

    private static LabeledSamples Labeled(LabeledSamples samples, int sample, byte label)
    {
        samples.Labels[sample] = label;
        return samples;
    }

    private static LabeledSamples Featured(LabeledSamples samples, int at, float feature)
    {
        samples.Features[at] = feature;
        return samples;
    }

    private sealed class Plugin(DataSet data) : IPlugin
    {
        public void Register(IPluginRegistry registry) => registry.AddDataSet<NoOptions>("acme/data", "", _ => data);
    }
}
