namespace FLCrowd;

/// <summary>What the server desires of a client in one episode, and what it promises for it.</summary>
/// <param name="Effort">Assigned labeling effort e', in [0, 1]; 1 in the paper.</param>
/// <param name="BatchSize">Assigned mini-batch size D', in samples, at least 1.</param>
/// <param name="Gamma">Assigned report coefficient gamma'; 1 in the paper.</param>
/// <param name="Terms">How the client is paid.</param>
public sealed record Assignment(double Effort, int BatchSize, double Gamma, RewardTerms Terms)
{
    /// <summary>Whether the client is asked to take part. One that is not stays away from all rounds whatever it chooses, and the others'
    /// reports count as those of the whole crowd; e' is best 0 then, and so are the terms.</summary>
    public bool TakesPart { get; init; } = true;

    /// <summary>The action that does what is asked: e', D', gamma', in all rounds or in none.</summary>
    public ClientAction AsAction => new(Effort, BatchSize, Gamma) { Attendance = TakesPart ? 1 : 0 };
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
