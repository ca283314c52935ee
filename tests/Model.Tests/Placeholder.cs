using TorchSharp;

namespace FLCrowd.Model.Tests;

public class Placeholder
{
    [Fact]
    public void Torch_loads()
    {
        using var one = torch.ones(3);
        Assert.Equal(3, one.sum().item<float>());
    }
}
