namespace FLCrowd;

/// <summary>What the server desires of a client in one episode, and what it promises for it.</summary>
/// <param name="Effort">Assigned labeling effort e', in [0, 1]; 1 in the paper.</param>
/// <param name="BatchSize">Assigned mini-batch size D', in samples, at least 1.</param>
/// <param name="Gamma">Assigned report coefficient gamma'; 1 in the paper.</param>
/// <param name="Terms">How the client is paid.</param>
public sealed record Assignment(double Effort, int BatchSize, double Gamma, RewardTerms Terms)
{
    /// <summary>The action that does what is asked: e', D', gamma'.</summary>
    public ClientAction AsAction => new(Effort, BatchSize, Gamma);
}

/// <summary>
/// The announced reward function, as far as it is affine in the test loss: r = <paramref name="Fixed"/> -
/// <paramref name="LossSlope"/> * f(w_T). A mechanism that pays by something else leaves both at 0 and announces its
/// numbers in <paramref name="Announced"/>.
/// </summary>
/// <param name="Fixed">The pay at zero test loss (Omega + c_l in the paper's (7)), in money.</param>
/// <param name="LossSlope">The pay lost per unit of test loss (Phi), in money, at least 0.</param>
/// <param name="Announced">Further public numbers by name, e.g. the coefficients of a loss surrogate; often empty.</param>
public sealed record RewardTerms(double Fixed, double LossSlope, IReadOnlyDictionary<string, double> Announced)
{
    private static IReadOnlyDictionary<string, double> Nothing { get; } = new Dictionary<string, double>();

    /// <summary>Terms without further numbers.</summary>
    public RewardTerms(double @fixed, double lossSlope) : this(@fixed, lossSlope, Nothing)
    {
    }
}
