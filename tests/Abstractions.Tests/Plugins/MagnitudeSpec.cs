namespace FLCrowd.Abstractions.Tests.Plugins;

public class MagnitudeSpec
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(1e60, true)]
    [InlineData(-1e60, true)]
    [InlineData(1.001e60, false)]
    [InlineData(1e-60, true)]
    [InlineData(-1e-60, true)]
    [InlineData(0.999e-60, false)]
    [InlineData(double.Epsilon, false)]
    [InlineData(double.NegativeInfinity, false)]
    [InlineData(double.NaN, false)]
    public void A_setting_is_neither_too_large_nor_too_small(double setting, bool fits) => Assert.Equal(fits, Magnitude.Fits(setting));

    [Theory]
    [InlineData(0, true)]
    [InlineData(double.Epsilon, true)]
    [InlineData(1e60, true)]
    [InlineData(-1e60, true)]
    [InlineData(1.001e60, false)]
    [InlineData(double.NaN, false)]
    public void A_loss_can_be_squared(double loss, bool isLoss) => Assert.Equal(isLoss, Magnitude.IsLoss(loss));

    [Theory]
    [InlineData(0, true)]
    [InlineData(1e90, true)]
    [InlineData(-1e90, true)]
    [InlineData(-1.001e90, false)]
    [InlineData(double.PositiveInfinity, false)]
    [InlineData(double.NaN, false)]
    public void Money_can_be_added_up(double amount, bool isMoney) => Assert.Equal(isMoney, Magnitude.IsMoney(amount));
}
