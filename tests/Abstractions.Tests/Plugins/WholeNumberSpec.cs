using System.Globalization;
using FsCheck.Xunit;

namespace FLCrowd.Abstractions.Tests.Plugins;

public class WholeNumberSpec
{
    [Theory]
    [InlineData("100000")]
    [InlineData("1e5")]
    [InlineData("1E5")]
    [InlineData("1.0e5")]
    [InlineData("100000.0")]
    [InlineData("1000000e-1")]
    [InlineData("+1e+5")]
    public void One_number_may_be_written_in_many_ways(string text)
    {
        Assert.Equal(100_000, WholeNumber.Parse<int>(text));
        Assert.Equal(100_000, WholeNumber.Parse<long>(text));
        Assert.Equal(100_000UL, WholeNumber.Parse<ulong>(text));
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e-1")]
    [InlineData("15e-1")]
    [InlineData("1e10")]
    [InlineData("2147483648")]
    [InlineData("1e999999999999")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("e5")]
    [InlineData("0x10")]
    [InlineData("1,000")]
    [InlineData("NaN")]
    public void Fractions_and_what_does_not_fit_are_none(string? text) => Assert.Null(WholeNumber.Parse<int>(text));

    [Fact]
    public void A_seed_has_all_of_its_64_bits()
    {
        Assert.Equal(ulong.MaxValue, WholeNumber.Parse<ulong>("18446744073709551615"));
        Assert.Null(WholeNumber.Parse<ulong>("18446744073709551616"));
        Assert.Null(WholeNumber.Parse<ulong>("-1"));
    }

    [Property]
    public bool Every_number_reads_back(int number) =>
        WholeNumber.Parse<int>(number.ToString(CultureInfo.InvariantCulture)) == number
        && WholeNumber.Parse<int>(number.ToString("E9", CultureInfo.InvariantCulture)) == number;
}
