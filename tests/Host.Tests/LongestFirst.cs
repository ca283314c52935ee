using FLCrowd.Host.Tests;
using FLCrowd.Host.Tests.Chaos;
using FLCrowd.Host.Tests.Cluster;
using FLCrowd.Host.Tests.Dynamics;
using FLCrowd.Host.Tests.Resume;
using FLCrowd.Host.Tests.Templates;
using FLCrowd.Host.Tests.Tuning;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace FLCrowd.Host.Tests;

/// <summary>The classes that take longest begin first, so that none of them runs alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        typeof(ChaosSpec).FullName!,
        typeof(RestartedNodesSpec).FullName!,
        typeof(NewPluginSpec).FullName!,
        typeof(KilledWorkerSpec).FullName!,
        typeof(LearningClientsSpec).FullName!,
        typeof(QuickstartSpec).FullName!,
        typeof(WorkerProcessesSpec).FullName!,
        typeof(DynamicsSpec).FullName!,
        typeof(KillMomentsSpec).FullName!,
        typeof(StrangerSpec).FullName!,
        typeof(StudySpec).FullName!,
        typeof(StepSizePreparationSpec).FullName!,
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Array.FindIndex(Longest, name =>
            collection.TestCollectionDisplayName.StartsWith($"Test collection for {name} ", StringComparison.Ordinal))
            is >= 0 and var at ? at : Longest.Length)];
}
