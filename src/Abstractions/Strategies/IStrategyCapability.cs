namespace FLCrowd;

/// <summary>
/// What an <see cref="IClientStrategy"/> may do beyond choosing: the base of all further interfaces of a strategy. A strategy made of
/// strategies derives from <see cref="StrategyWrapper"/>, which hands on each of them.
/// </summary>
public interface IStrategyCapability;

/// <summary>A strategy of which not every instance can do all that its class can: it is made of others, or played by others.</summary>
public interface IVaryingStrategy : IClientStrategy
{
    /// <summary>Whether this instance has a capability, which its class implements.</summary>
    bool Has<T>()
        where T : class, IStrategyCapability;
}

/// <summary>Asks strategies for their capabilities.</summary>
public static class StrategyCapabilities
{
    /// <summary>The strategy as what can do more; null where it cannot, or wraps only strategies that cannot.</summary>
    public static T? Capability<T>(this IClientStrategy strategy)
        where T : class, IStrategyCapability =>
        strategy is IVaryingStrategy varying && !varying.Has<T>() ? null : strategy as T;
}
