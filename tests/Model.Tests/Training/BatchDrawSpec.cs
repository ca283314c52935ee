using FLCrowd.Model.Training;
using FsCheck.Xunit;

namespace FLCrowd.Model.Tests.Training;

public class BatchDrawSpec
{
    [Property]
    public void A_smaller_batch_is_the_beginning_of_a_larger_one(ulong seed, byte count, byte small, byte large, bool replacement)
    {
        int n = 1 + count;
        int most = replacement ? 255 : n;
        int larger = 1 + (large % most);
        int smaller = 1 + (small % larger);
        Assert.Equal(Draw(seed, n, smaller, replacement), Draw(seed, n, larger, replacement)[..smaller]);
    }

    [Property]
    public void Without_replacement_no_sample_comes_twice(ulong seed, byte count)
    {
        int n = 1 + count;
        Assert.Equal(Enumerable.Range(0, n), Draw(seed, n, n, replacement: false).Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_sample_is_as_likely_in_every_place(bool replacement)
    {
        var counts = new int[3, 5];
        for (ulong seed = 0; seed < 20_000; seed++)
        {
            var batch = Draw(seed, 5, 3, replacement);
            for (int place = 0; place < 3; place++)
            {
                counts[place, batch[place]]++;
            }
        }

        // Four standard deviations of a binomial count.
        Assert.All(counts.Cast<int>(), count => Assert.InRange(count, 4000 - 226, 4000 + 226));
    }

    private static int[] Draw(ulong seed, int count, int batchSize, bool replacement)
    {
        var batch = new int[batchSize];
        BatchDraw.Draw(new Seed(seed), count, replacement, batch, new int[count]);
        return batch;
    }
}
