namespace FLCrowd.Strategies.Mechanisms;

/// <summary>
/// Pays each client what it is worth to the others in the manner of Vickrey, Clarke and Groves: in every observed round, the test loss
/// of the global model that the other reports would have made, minus that of the model that came out. It is the kind of payment by
/// which the paper's reference [20] elicits true local models; it does not look at effort. N + 1 tests per observed round.
/// </summary>
internal sealed class Vcg(SampledRoundsOptions options) : IReportMechanism
{
    public const string Name = "vcg";

    private readonly Contributions _contributions = new(Name, options);

    public bool Observes(int round, TrainingProtocol protocol) => options.Has(round, protocol);

    public IReadOnlyList<Assignment> Announce(MechanismView view) => _contributions.Announce(view);

    public void Observe(RoundView view)
    {
        double loss = view.Validation.Loss(view.Next.Span);
        var without = new float[view.Next.Length];
        foreach (var report in view.Reports)
        {
            view.Aggregate([.. view.Reports.Where(other => other.Client != report.Client)], without);
            _contributions.Add(report.Client, options.RoundsBehind(view.Round) * (view.Validation.Loss(without) - loss));
        }
    }

    public void Pay(PaymentView view, Span<double> rewards) => _contributions.Pay(view, rewards);
}
