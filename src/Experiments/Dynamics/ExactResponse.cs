using FLCrowd.Analysis.Dynamics;
using FLCrowd.Experiments.Games;

namespace FLCrowd.Experiments.Dynamics;

/// <summary>Clients' best responses to a profile by their expected payoffs.</summary>
/// <param name="payoffs">The payoffs; disposed with this.</param>
/// <param name="efforts">e of the grid.</param>
/// <param name="batchFactors">D of the grid, as multiples of the assigned D'.</param>
/// <param name="gammas">gamma of the grid.</param>
/// <param name="continuous">Whether the search goes on between the points of the grid.</param>
internal sealed class ExactResponse(
    ExactPayoffs payoffs, IReadOnlyList<double> efforts, IReadOnlyList<double> batchFactors, IReadOnlyList<double> gammas, bool continuous)
    : IResponder, IDisposable
{
    /// <summary>A gain below this share of the payoff is none, and the search ends: clients would go on for ever for less and
    /// less.</summary>
    private const double Least = 1e-5;

    /// <summary>How far beyond the grid's largest batch factor and gamma the continuous search goes.</summary>
    private const double Reach = 2;

    private const int MostSweeps = 60;
    private const int Points = 16;
    private const int Zooms = 8;

    public Task<IReadOnlyList<Response>> RespondAsync(Profile profile, IReadOnlyList<int> asked, int revision) =>
        Task.FromResult<IReadOnlyList<Response>>([.. asked.Select(client => Of(client, profile)).OfType<Response>()]);

    public void Dispose() => payoffs.Dispose();

    /// <summary>The best action and what the client gains by it; null where none is better than its present one.</summary>
    private Response? Of(int client, Profile profile)
    {
        var asked = payoffs.Assigned(client);
        int max = payoffs.MaxBatchSize(client);
        var present = profile.Actions[client];
        double now = payoffs.OfPlayed(client, profile);
        var candidates = (from effort in efforts
                          from factor in batchFactors
                          from gamma in gammas
                          select new ClientAction(effort, BatchSize(factor * asked.BatchSize, max), gamma))
            .Prepend(present).ToList();
        if (continuous)
        {
            // From where one is, and from the best point with and without labeling: the payoff has more than one summit.
            candidates.AddRange(candidates.OrderByDescending(Payoff)
                .GroupBy(action => action.Effort > 0).Select(side => side.First())
                .Append(present).Distinct().Select(Climb).ToList());
        }

        var best = candidates.MaxBy(Payoff);
        double gain = Payoff(best) - now;
        return gain > Least * (1 + Math.Abs(now)) ? new Response(client, best, gain) : null;

        double Payoff(ClientAction action) => payoffs.Of(client, profile.With(client, action));

        // One coordinate after the other, until none gains.
        ClientAction Climb(ClientAction from)
        {
            var at = from;
            double gammaEnd = Reach * Math.Max(gammas.Max(), 1);
            double batchEnd = Math.Log(Math.Min(max, Reach * batchFactors.Max() * asked.BatchSize));
            for (int sweep = 0; sweep < MostSweeps; sweep++)
            {
                double before = Payoff(at);
                at = Better(at, x => at with { Effort = x }, 0, 1);
                at = Better(at, x => at with { Gamma = x }, 0, gammaEnd);
                at = Better(at, x => at with { BatchSize = BatchSize(Math.Exp(x), max) }, 0, batchEnd);
                if (Payoff(at) - before <= Least * (1 + Math.Abs(before)))
                {
                    break;
                }
            }

            return at;
        }

        // Looks at points across the interval and then between the neighbours of the best one, again and again: a summit at an end is
        // found, too.
        ClientAction Better(ClientAction at, Func<double, ClientAction> move, double low, double high)
        {
            for (int zoom = 0; zoom < Zooms && high > low; zoom++)
            {
                double step = (high - low) / Points, start = low;
                int best = Enumerable.Range(0, Points + 1).MaxBy(point => Payoff(move(start + step * point)));
                double centre = start + step * best;
                (low, high) = (Math.Max(low, centre - step), Math.Min(high, centre + step));
                at = ((ClientAction[])[at, move(centre)]).MaxBy(Payoff);
            }

            return at;
        }
    }

    private static int BatchSize(double size, int max) => (int)Math.Clamp(Math.Round(size), 1, max);
}
