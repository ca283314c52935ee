using FLCrowd.Actors.Network;

namespace FLCrowd.Actors.Tests.Network;

public sealed class PayloadReaderSpec
{
    private readonly List<string> _refused = [];

    [Fact]
    public async Task Payloads_are_read_one_after_the_other_until_the_other_end_goes()
    {
        byte[] large = [.. Enumerable.Range(0, 300_000).Select(i => (byte)i)];
        var stream = new MemoryStream([.. Framed([1, 2]), .. Framed(large), .. Framed([3])]);
        var reader = Reader();
        Assert.Equal([1, 2], (await reader.ReadAsync(stream))!.ToByteArray());
        Assert.Equal(large, (await reader.ReadAsync(stream))!.ToByteArray());
        Assert.Equal([3], (await reader.ReadAsync(stream))!.ToByteArray());
        Assert.Null(await reader.ReadAsync(stream));
        Assert.Empty(_refused);
    }

    [Theory]
    [InlineData(0, "a message of 0 bytes; 1 to 1,000,000 are possible")]
    [InlineData(-1, "a message of -1 bytes; 1 to 1,000,000 are possible")]
    [InlineData(int.MaxValue, "a message of 2,147,483,647 bytes; 1 to 1,000,000 are possible")]
    [InlineData(1_000_001, "a message of 1,000,001 bytes; 1 to 1,000,000 are possible")]
    public async Task An_impossible_length_is_refused(int length, string why)
    {
        Assert.Null(await Reader().ReadAsync(new MemoryStream([.. BitConverter.GetBytes(length), 1, 2, 3])));
        Assert.Equal(why, Assert.Single(_refused));
    }

    [Fact]
    public async Task Memory_is_taken_for_what_came_not_for_what_was_announced_and_given_back()
    {
        var unfinished = new UnfinishedBytes(200_000);
        for (int i = 0; i < 1000; i++)
        {
            Assert.Null(await Reader(unfinished).ReadAsync(new MemoryStream([.. BitConverter.GetBytes(1_000_000), 1, 2, 3])));
        }

        Assert.Empty(_refused);
        Assert.Null(await Reader(unfinished).ReadAsync(new MemoryStream(Framed(new byte[300_000]))));
        Assert.Equal("a message for which there is no memory: too many others are unfinished", Assert.Single(_refused));
        Assert.True(unfinished.TryTake(200_000));
        Assert.False(unfinished.TryTake(1));
    }

    [Fact]
    public async Task The_longest_payload_needs_no_more_memory_than_its_length_and_gives_it_back()
    {
        var unfinished = new UnfinishedBytes(1_000_000);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(1_000_000, (await Reader(unfinished).ReadAsync(new MemoryStream(Framed(new byte[1_000_000]))))!.Length);
        }

        Assert.Empty(_refused);
    }

    private PayloadReader Reader(UnfinishedBytes? unfinished = null) =>
        new(1_000_000, unfinished ?? new UnfinishedBytes(long.MaxValue), _refused.Add);

    private static byte[] Framed(byte[] payload) => [.. BitConverter.GetBytes(payload.Length), .. payload];
}
