namespace FLCrowd;

/// <summary>What can be registered.</summary>
public enum PluginKind
{
    /// <summary><see cref="IClientStrategy"/>.</summary>
    Strategy,

    /// <summary><see cref="IIncentiveMechanism"/>.</summary>
    Mechanism,

    /// <summary><see cref="IAggregator"/>.</summary>
    Aggregator,

    /// <summary><see cref="ILearningModel"/>.</summary>
    Model,

    /// <summary><see cref="FLCrowd.DataSet"/>.</summary>
    DataSet,

    /// <summary><see cref="ILossSurrogateSource"/>.</summary>
    Surrogate,

    /// <summary><see cref="IPartition"/>.</summary>
    Partition,
}
