using FLCrowd.Strategies.Theory;

namespace FLCrowd.Strategies.Clients.Learning;

/// <summary>
/// A best response to what the terms announce: it maximises u_hat (<see cref="SurrogatePayoff"/>), in which all others do what they are
/// asked. Under LCEME with D' of at least D_min that is to do as asked (Theorem 2). It has nothing to learn.
/// </summary>
internal sealed class BoundResponse(BestResponseOptions options) : IClientStrategy
{
    private const int MaxSweeps = 50;

    /// <exception cref="InvalidActionException">The terms announce no surrogate.</exception>
    public ClientAction Choose(ClientView view)
    {
        var payoff = SurrogatePayoff.Of(view) ?? throw new InvalidActionException(
            "best-response with belief = bound needs terms that announce a loss surrogate, such as those of lceme; "
            + "set belief = experience");
        return options.Search switch
        {
            ResponseSearch.Grid => OnGrid(payoff, view),
            ResponseSearch.Continuous => InBox(payoff, view),
            _ => payoff.BestResponse(view.MaxBatchSize),
        };
    }

    /// <summary>The first of the best points; what is asked comes before all others.</summary>
    private ClientAction OnGrid(SurrogatePayoff payoff, ClientView view) =>
        options.Behaviors(view.Assignment).Select(behavior => behavior.In(view)).MaxBy(payoff.Of);

    /// <summary>
    /// Along one coordinate after another by golden section, until none moves: u_hat is linear in e, concave in gamma and has one peak in
    /// log D.
    /// </summary>
    private ClientAction InBox(SurrogatePayoff payoff, ClientView view)
    {
        var assigned = view.Assignment;
        var (least, most) = (Extreme(options.BatchFactors.Min()), Extreme(options.BatchFactors.Max()));
        double effort = assigned.Effort, logBatch = Math.Log(Math.Clamp(assigned.BatchSize, least, most)), gamma = assigned.Gamma;
        for (int sweep = 0; sweep < MaxSweeps; sweep++)
        {
            var before = (effort, logBatch, gamma);
            gamma = Peak(x => Payoff(effort, logBatch, x), options.Gammas.Min(), options.Gammas.Max(), gamma);
            effort = Peak(x => Payoff(x, logBatch, gamma), options.Efforts.Min(), options.Efforts.Max(), effort);
            logBatch = Peak(x => Payoff(effort, x, gamma), Math.Log(least), Math.Log(most), logBatch);
            if (before == (effort, logBatch, gamma))
            {
                break;
            }
        }

        // Golden sections end beside the best whole number.
        var best = Action(effort, logBatch, gamma);
        while ((Better(best, 1) ?? Better(best, -1)) is { } better)
        {
            best = better;
        }

        return best;

        int Extreme(double factor) => new Behavior(1, factor, 1).In(view).BatchSize;

        ClientAction Action(double e, double logD, double coefficient) =>
            new(e, (int)Math.Clamp(Math.Round(Math.Exp(logD)), least, most), coefficient);

        double Payoff(double e, double logD, double coefficient) => payoff.Of(Action(e, logD, coefficient));

        ClientAction? Better(ClientAction action, int step)
        {
            var other = action with { BatchSize = Math.Clamp(action.BatchSize + step, least, most) };
            return payoff.Of(other) > payoff.Of(action) ? other : null;
        }
    }

    /// <summary>The best of what a golden section finds, of both ends, and of where the search stands, which only a better one
    /// replaces.</summary>
    private static double Peak(Func<double, double> payoff, double from, double to, double current)
    {
        double at = Math.Clamp(current, from, to);
        foreach (double candidate in (double[])[from, to, GoldenSection(payoff, from, to)])
        {
            at = payoff(candidate) > payoff(at) ? candidate : at;
        }

        return at;
    }

    // MathNet's golden section refuses functions that are greatest at an end, as u_hat often is.
    private static double GoldenSection(Func<double, double> payoff, double from, double to)
    {
        double share = (Math.Sqrt(5) - 1) / 2;
        while (to - from > 1e-8 * (1 + Math.Abs(from)))
        {
            double left = to - share * (to - from), right = from + share * (to - from);
            (from, to) = payoff(left) < payoff(right) ? (left, to) : (from, right);
        }

        return (from + to) / 2;
    }
}
