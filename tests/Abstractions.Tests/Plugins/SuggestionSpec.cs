namespace FLCrowd.Abstractions.Tests.Plugins;

public class SuggestionSpec
{
    private static string[] Names { get; } = ["truthful", "shirk-labeling", "small-batch", "misreport", "mean", "median", "l2", "eta"];

    [Theory]
    [InlineData("truthfull", "truthful")]
    [InlineData("Truthful", "truthful")]
    [InlineData("turthful", "truthful")]
    [InlineData("smal-bacth", "small-batch")]
    [InlineData("mis-report", "misreport")]
    [InlineData("shirk", "shirk-labeling")]
    [InlineData("medan", "mean")] // as near as median, and named first
    [InlineData("l1", "l2")]
    [InlineData("turhtful", "truthful")] // two swaps
    [InlineData("meXX", "mean")]
    [InlineData("shirk-labelingXXXX", "shirk-labeling")] // four of eighteen letters
    [InlineData("med", "mean")] // near goes before the beginning of median
    [InlineData("s", null)] // one letter is no beginning
    [InlineData("xx", null)]
    [InlineData("", null)]
    [InlineData("best-response", null)]
    public void Nearest(string name, string? nearest) => Assert.Equal(nearest, Suggestion.Nearest(name, Names));

    [Fact]
    public void Nothing_is_near_where_nothing_is_known() => Assert.Null(Suggestion.Nearest("truthful", []));
}
