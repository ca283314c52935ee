using System.Diagnostics;

namespace FLCrowd.Model.Tests.Data;

public class DigitsSpec
{
    [Fact]
    public void The_small_set_that_comes_with_the_program_is_read()
    {
        var time = Stopwatch.StartNew();
        var data = DataFolder.Load("digits", new { });
        Assert.InRange(time.Elapsed.TotalSeconds, 0, 5);
        Assert.Equal(("digits", 10, new SampleShape(1, 8, 8)), (data.Name, data.ClassCount, data.Shape));
        Assert.Equal((2000, 500, 4), (data.Training.Count, data.Test.Count, data.Files.Count));
        Assert.All(data.Training.Labels.CountBy(label => label), digit => Assert.Equal(200, digit.Value));
        Assert.All(data.Test.Labels.CountBy(label => label), digit => Assert.Equal(50, digit.Value));
    }

    [Fact]
    public void It_is_Mnist_averaged_down()
    {
        var (small, large) = (DataFolder.Load("digits", new { }).Training, Worlds.Mnist.Training);

        // The first image of MNIST is the first that is taken: its middle pixels, over 3.5 x 3.5.
        Assert.Equal(large.Labels[0], small.Labels[0]);
        double mean = 0;
        for (int row = 14; row < 18; row++)
        {
            for (int column = 10; column < 14; column++)
            {
                mean += (row == 17 ? 0.5 : 1) * (column == 10 ? 0.5 : 1) * large.Features[(row * 28) + column] / 12.25;
            }
        }

        Assert.Equal(mean, small.Features[(4 * 8) + 3], 0.5 / 255);
    }
}
