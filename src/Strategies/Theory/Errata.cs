namespace FLCrowd.Strategies.Theory;

/// <summary>Errors of the paper that FLCrowd corrects, and can bring back one by one. docs/errata.md tells each.</summary>
[Flags]
public enum Errata
{
    /// <summary>All corrected.</summary>
    None = 0,

    /// <summary>Definition 3, (9), (10), Theorem 4: the least batch size has a factor p_i too many under the root, and no margin.</summary>
    LeastBatchSize = 1,

    /// <summary>Theorem 4: the first branch lacks sigma_i^2 on the term of several local steps.</summary>
    OptimalBatchSize = 2,

    /// <summary>Definition 3 and Theorem 3: Omega leaves out F*, although pay is by f(w_T).</summary>
    MinimalLoss = 4,

    /// <summary>All as printed.</summary>
    All = LeastBatchSize | OptimalBatchSize | MinimalLoss,
}
