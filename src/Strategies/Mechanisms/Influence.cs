namespace FLCrowd.Strategies.Mechanisms;

/// <summary>
/// Pays for the influence of a client's reports on the test loss, to first order: over all observed rounds, the share p_i of the
/// reported change w_t^i - w_{t-1} times minus the gradient of f at w_{t-1}. One gradient per round, whatever the number of clients. The
/// contributions of a round add up to the fall of the test loss, as far as that is linear, which bounds the budget. (Richardson,
/// Filos-Ratsikas and Faltings 2020, Budget-Bounded Incentives for Federated Learning, pay by influence.)
/// </summary>
internal sealed class Influence(SampledRoundsOptions options) : IReportMechanism
{
    public const string Name = "influence";

    private readonly Contributions _contributions = new(Name, options);

    public bool NeedsGradient => true;

    public bool Observes(int round, TrainingProtocol protocol) => options.Has(round, protocol);

    public IReadOnlyList<Assignment> Announce(MechanismView view) => _contributions.Announce(view);

    public void Observe(RoundView view)
    {
        var gradient = new float[view.Global.Length];
        view.Validation.Gradient(view.Global.Span, gradient);
        double weights = view.Reports.Sum(report => report.Weight);
        foreach (var report in view.Reports)
        {
            double slope = Slope(view.Global.Span, report.Model.Span, gradient);
            _contributions.Add(report.Client, -options.RoundsBehind(view.Round) * report.Weight / weights * slope);
        }
    }

    public void Pay(PaymentView view, Span<double> rewards) => _contributions.Pay(view, rewards);

    private static double Slope(ReadOnlySpan<float> global, ReadOnlySpan<float> report, ReadOnlySpan<float> gradient)
    {
        double sum = 0;
        for (int k = 0; k < gradient.Length; k++)
        {
            sum += ((double)report[k] - global[k]) * gradient[k];
        }

        return sum;
    }
}
