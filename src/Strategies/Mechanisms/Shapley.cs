using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using FLCrowd.Strategies.Theory;

namespace FLCrowd.Strategies.Mechanisms;

internal sealed class ShapleyOptions : SampledRoundsOptions
{
    [Range(1, int.MaxValue)]
    [Description("Random orders of the clients per observed round; where all coalitions take no more tests, values are exact instead.")]
    public int Permutations { get; set; } = 10;

    [Range(0.0, 1.0)]
    [Description("The clients that come last in an order count nothing once the loss is this close to that of all, "
        + "as a share of the round's change.")]
    public double Tolerance { get; set; } = 0.01;
}

/// <summary>
/// Pays every client its Shapley value in the game of each observed round: a coalition is worth the test loss that the aggregate of
/// its reports takes away from w_{t-1}. Values add up to what the round took away (but for the tolerance). Federated Shapley value: Wang
/// et al. 2020, A Principled Approach to Data Valuation for Federated Learning; truncated random orders: Ghorbani and Zou 2019, Data
/// Shapley. At most (N - 1) permutations + 2 tests per observed round.
/// </summary>
internal sealed class Shapley(ShapleyOptions options) : IReportMechanism
{
    public const string Name = "shapley";

    private readonly Contributions _contributions = new(Name, options);

    public bool Observes(int round, TrainingProtocol protocol) => options.Has(round, protocol);

    public IReadOnlyList<Assignment> Announce(MechanismView view) => _contributions.Announce(view);

    public void Observe(RoundView view)
    {
        int players = view.Reports.Count;
        double before = view.Validation.Loss(view.Global.Span), all = before - view.Validation.Loss(view.Next.Span);
        var model = new float[view.Next.Length];
        double[] values = ShapleyValue.IsExactCheaper(players, options.Permutations)
            ? ShapleyValue.Exact(players, Worth)
            : ShapleyValue.Sampled(players, Worth, options.Permutations, options.Tolerance, view.Seed);
        for (int i = 0; i < players; i++)
        {
            _contributions.Add(view.Reports[i].Client, options.RoundsBehind(view.Round) * values[i]);
        }

        double Worth(IReadOnlyList<int> coalition)
        {
            if (coalition.Count == players)
            {
                return all;
            }

            view.Aggregate([.. coalition.Select(player => view.Reports[player])], model);
            return before - view.Validation.Loss(model);
        }
    }

    public void Pay(PaymentView view, Span<double> rewards) => _contributions.Pay(view, rewards);
}
