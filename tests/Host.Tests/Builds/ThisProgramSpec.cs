using FLCrowd.Experiments.Identity;

namespace FLCrowd.Host.Tests.Builds;

public sealed class ThisProgramSpec
{
    [Fact]
    public void The_program_is_made_of_its_assemblies_and_of_libtorch()
    {
        foreach (var type in (Type[])[
            typeof(ThisProgram), typeof(Strategies.StrategiesPlugin), typeof(FLCrowd.Model.ModelPlugin), typeof(TorchSharp.torch)])
        {
            Assert.Contains($"{type.Assembly.GetName().Name} {type.Module.ModuleVersionId}", ThisProgram.Build.Parts);
        }

        Assert.Contains(
            ThisProgram.Build.Parts, part => part.Split(' ')[0] is "libtorch_cpu.so" or "torch_cpu.dll" or "libtorch_cpu.dylib");
    }
}
