namespace FLCrowd.Model.Tests;

public class ModelPluginSpec
{
    [Fact]
    public void All_is_registered_and_described()
    {
        var catalog = PluginCatalog.Of(new ModelPlugin());
        Assert.Equal(["cnn", "mlp", "network", "quadratic", "softmax"], catalog.List(PluginKind.Model).Select(entry => entry.Name));
        Assert.Equal(["cifar", "csv", "digits", "idx", "images", "mnist", "npz", "parquet"],
            catalog.List(PluginKind.DataSet).Select(entry => entry.Name));
        var all = catalog.List(PluginKind.Model).Concat(catalog.List(PluginKind.DataSet)).ToList();
        Assert.All(all, entry => Assert.EndsWith(".", entry.Description, StringComparison.Ordinal));
        Assert.All(all.SelectMany(entry => entry.Options), option => Assert.EndsWith(".", option.Description, StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_can_be_given()
    {
        var choice = new PluginChoice("mnist", """{ "folder": "/nowhere" }""", "data");
        var error = Assert.Throws<SettingException>(() => PluginCatalog.Of(new ModelPlugin()).CreateDataSet(choice));
        Assert.StartsWith("/nowhere", error.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Cnn_refuses_samples_that_are_no_images()
    {
        var setup = Worlds.Setup(Worlds.Noise(new SampleShape(1, 1, 30), 3), 1, 1);
        var error = Assert.Throws<SettingException>(() => Worlds.Model("cnn", setup));
        Assert.Contains("needs images that are larger than 5 x 5", error.Message, StringComparison.Ordinal);
    }
}
