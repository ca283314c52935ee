namespace FLCrowd;

/// <summary>
/// The final model's loss as a function of what the clients do, in the shape that the paper's bound has and that a pilot is
/// fitted to: f = F* + S, S(e, D, gamma) = C + sum_i [a_i / D_i + b_i (1 - e_i) + q_i (gamma_i - 1)^2 V_i].
/// Immutable and plain data: it travels in a game's definition.
/// </summary>
public sealed class LossSurrogate
{
    /// <summary>Where it comes from: the name of its source.</summary>
    public required string Name { get; init; }

    /// <summary>C: what no client's action changes.</summary>
    public required double Constant { get; init; }

    /// <summary>F*, which S leaves out; 0 where C already contains it.</summary>
    public required double MinimalLoss { get; init; }

    /// <summary>a_i (<see cref="ClientLossTerm.BatchSlope"/>).</summary>
    public required PerClient BatchSlope { get; init; }

    /// <summary>b_i (<see cref="ClientLossTerm.EffortSlope"/>).</summary>
    public required PerClient EffortSlope { get; init; }

    /// <summary>q_i (<see cref="ClientLossTerm.ReportCurvature"/>).</summary>
    public required PerClient ReportCurvature { get; init; }

    /// <summary>v in V_i (<see cref="ClientLossTerm.NormConstant"/>).</summary>
    public PerClient NormConstant { get; init; } = 1;

    /// <summary>v_D in V_i (<see cref="ClientLossTerm.NormBatchSlope"/>).</summary>
    public PerClient NormBatchSlope { get; init; } = 0;

    /// <summary>v_e in V_i (<see cref="ClientLossTerm.NormEffortSlope"/>).</summary>
    public PerClient NormEffortSlope { get; init; } = 0;

    /// <summary>o_i: what a client is worth, the loss when it stays away and all others do as asked less the loss when all do; below 0
    /// where the model is better without it. Null: not known. 0 for clients that are not asked.</summary>
    public PerClient? Worth { get; init; }

    /// <summary>Clients that are not asked to take part, in ascending order; their coefficients are 0. The loss is the one without
    /// them.</summary>
    public IReadOnlyList<int> NotAsked { get; init; } = [];

    /// <summary>How sure a measurement is of its coefficients; null for what is not measured.</summary>
    public SurrogateErrors? Errors { get; init; }

    /// <summary>
    /// The constants that a bound is made of, for people who look at it where it was made; it does not travel with the rest. Null for what
    /// is made of none.
    /// </summary>
    public LearningConstants? Constants { get; init; }

    /// <summary>What the user should know before trusting it, one sentence each: assumptions that fail, fits that were forced.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether a client is asked to take part.</summary>
    public bool Asks(int client) => !NotAsked.Contains(client);

    /// <summary>What a client's action adds.</summary>
    public ClientLossTerm Client(int client) => new(
        BatchSlope[client], EffortSlope[client], ReportCurvature[client],
        NormConstant[client], NormBatchSlope[client], NormEffortSlope[client]);

    /// <summary>S of a profile, without F*.</summary>
    /// <param name="profile">The action of every client, in client order.</param>
    public double Loss(IReadOnlyList<ClientAction> profile)
    {
        double sum = Constant;
        for (int client = 0; client < profile.Count; client++)
        {
            sum += Client(client).Loss(profile[client]);
        }

        return sum;
    }

    /// <summary>S when all clients do what they are asked with full effort and the true local model, without F*.</summary>
    /// <param name="batchSizes">The assigned batch size D' of every client, in client order.</param>
    public double TruthfulLoss(IReadOnlyList<int> batchSizes)
    {
        double sum = Constant;
        for (int client = 0; client < batchSizes.Count; client++)
        {
            sum += BatchSlope[client] / batchSizes[client];
        }

        return sum;
    }

    /// <summary>What S changes by when one client changes its action and nobody else does: S(to) - S(from).</summary>
    public double Change(int client, ClientAction from, ClientAction to)
    {
        var term = Client(client);
        return term.Loss(to) - term.Loss(from);
    }

    /// <summary>The surrogate itself, if it fits the game.</summary>
    /// <param name="clients">The number of clients N.</param>
    /// <param name="path">Where it stands in the configuration, for the message.</param>
    /// <exception cref="SettingException">A coefficient is missing for some client, negative or not finite.</exception>
    public LossSurrogate Validated(int clients, string path)
    {
        Check(nameof(BatchSlope), BatchSlope);
        Check(nameof(EffortSlope), EffortSlope);
        Check(nameof(ReportCurvature), ReportCurvature);
        Check(nameof(NormConstant), NormConstant);
        Check(nameof(NormBatchSlope), NormBatchSlope);
        Check(nameof(NormEffortSlope), NormEffortSlope);
        if (Worth is { } worth && (!worth.Fits(clients) || !worth.Values.All(double.IsFinite)))
        {
            throw new SettingException(
                path, $"the surrogate '{Name}' has {worth.Values.Count} values of worth; must be 1 or {clients} finite numbers");
        }

        return double.IsFinite(Constant) && double.IsFinite(MinimalLoss)
            ? this
            : throw new SettingException(path, $"the surrogate '{Name}' is no number: C = {Constant}, F* = {MinimalLoss}");

        void Check(string property, PerClient coefficient)
        {
            string name = OptionText.Kebab(property);
            if (!coefficient.Fits(clients))
            {
                throw new SettingException(
                    path, $"the surrogate '{Name}' has {coefficient.Values.Count} values of {name}; must be 1 or {clients}");
            }

            for (int client = 0; client < coefficient.Values.Count; client++)
            {
                if (!(coefficient.Values[client] >= 0 && double.IsFinite(coefficient.Values[client])))
                {
                    throw new SettingException(
                        path, $"the surrogate '{Name}' has {name} {coefficient.Values[client]} for client {client}; must be at least 0");
                }
            }
        }
    }
}

/// <summary>Standard errors of a measured surrogate.</summary>
/// <param name="BatchSlope">Of a_i.</param>
/// <param name="EffortSlope">Of b_i.</param>
/// <param name="ReportCurvature">Of q_i.</param>
/// <param name="TruthfulLoss">Of S at the assignment.</param>
public sealed record SurrogateErrors(PerClient BatchSlope, PerClient EffortSlope, PerClient ReportCurvature, double TruthfulLoss)
{
    /// <summary>Of o_i (<see cref="LossSurrogate.Worth"/>); null where that is not measured.</summary>
    public PerClient? Worth { get; init; }
}
