using System.Globalization;

namespace FLCrowd.Abstractions.Tests.Learning;

public class RequiredMemorySpec
{
    private static readonly double Available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    [Fact]
    public void All_that_there_is_may_be_asked_for() => LearningSetup.RequireMemory("data.samples-per-client", "is 5: they", Available);

    [Fact]
    public void More_than_there_is_is_refused_in_gigabytes()
    {
        var refused = Assert.Throws<SettingException>(() => LearningSetup.RequireMemory("data.samples-per-client", "is 5: they", 4.2e18));
        string available = (Available / 1e9).ToString("#,0.0", CultureInfo.InvariantCulture);
        Assert.Equal(
            $"data.samples-per-client: is 5: they take 4,200,000,000.0 GB of memory; {available} GB are available", refused.Message);
    }
}
