namespace FLCrowd.Host.Tests;

/// <summary>Tests that change what all of the process sees, such as the console or the disk: beside them nothing else runs.</summary>
[CollectionDefinition(nameof(WholeProcess), DisableParallelization = true)]
public sealed class WholeProcess;
