namespace FLCrowd;

/// <summary>
/// What an <see cref="IClientStrategy"/> may do beyond choosing: the base of all further interfaces of a strategy. A strategy made of
/// strategies derives from <see cref="StrategyWrapper"/>, which hands on each of them.
/// </summary>
public interface IStrategyCapability;

/// <summary>Asks strategies for their capabilities.</summary>
public static class StrategyCapabilities
{
    /// <summary>The strategy as what can do more; null where it cannot, or wraps only strategies that cannot.</summary>
    public static T? Capability<T>(this IClientStrategy strategy)
        where T : class, IStrategyCapability =>
        strategy is StrategyWrapper wrapper && !wrapper.Has<T>() ? null : strategy as T;
}
