namespace FLCrowd.Model.Tests;

/// <summary>Tests that make tensors, or count them, run one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TorchCollection
{
    public const string Name = "torch";
}
