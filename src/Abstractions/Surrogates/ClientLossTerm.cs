namespace FLCrowd;

/// <summary>
/// What one client's action adds to a <see cref="LossSurrogate"/>: a / D + b (1 - e) + q (gamma - 1)^2 V(e, D), where
/// V(e, D) = v + v_D / D + v_e (1 - e). Every coefficient is at least 0.
/// </summary>
/// <param name="BatchSlope">a_i: loss times samples.</param>
/// <param name="EffortSlope">b_i: the loss added by labels without any effort.</param>
/// <param name="ReportCurvature">q_i: loss per unit of V at gamma = 0 or 2.</param>
/// <param name="NormConstant">v: G^2 in the bounds, 1 where q_i is measured in units of loss.</param>
/// <param name="NormBatchSlope">v_D: sigma_i^2 in the bounds.</param>
/// <param name="NormEffortSlope">v_e: beta in the bounds.</param>
public readonly record struct ClientLossTerm(
    double BatchSlope,
    double EffortSlope,
    double ReportCurvature,
    double NormConstant,
    double NormBatchSlope,
    double NormEffortSlope)
{
    /// <summary>V: the surrogate's squared norm of the difference that the client reports.</summary>
    public double Norm(ClientAction action) =>
        NormConstant + NormBatchSlope / action.BatchSize + NormEffortSlope * (1 - action.Effort);

    /// <summary>What an action adds to the loss; 0 only for full effort, an infinite batch and the true local model.</summary>
    public double Loss(ClientAction action)
    {
        double misreport = action.Gamma - 1;
        return BatchSlope / action.BatchSize
            + EffortSlope * (1 - action.Effort)
            + ReportCurvature * misreport * misreport * Norm(action);
    }
}
