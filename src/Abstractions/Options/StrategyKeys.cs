namespace FLCrowd;

/// <summary>
/// What stands beside a strategy's options where it is chosen: in an entry of <c>clients</c>, or in a list of strategies. No option of a
/// strategy has such a name, as nobody could set it there.
/// </summary>
public static class StrategyKeys
{
    /// <summary>Names the strategy.</summary>
    public const string Strategy = "strategy";

    /// <summary>So many clients.</summary>
    public const string Count = "count";

    /// <summary>This share of the clients.</summary>
    public const string Share = "share";

    /// <summary>These clients.</summary>
    public const string Ids = "ids";

    /// <summary>The clients' own c_l.</summary>
    public const string LabelingCost = "labeling-cost";

    /// <summary>The clients' own c_p.</summary>
    public const string ComputationCost = "computation-cost";

    /// <summary>The clients' aggregation weight; in a lottery, the strategy's chance.</summary>
    public const string Weight = "weight";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Strategy, Count, Share, Ids, LabelingCost, ComputationCost, Weight];
}
