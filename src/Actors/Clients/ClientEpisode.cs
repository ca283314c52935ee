namespace FLCrowd.Actors.Clients;

/// <summary>A client's episode, from the moment that it chose and labelled, or failed to.</summary>
internal sealed record ClientEpisode
{
    /// <summary>The episode within the game.</summary>
    public required int Number { get; init; }

    /// <summary>What is asked of the client, and what is promised.</summary>
    public required Assignment Assignment { get; init; }

    /// <summary>e, D, gamma; null where the strategy failed before it chose.</summary>
    public required ClientAction? Action { get; init; }

    /// <summary>What it trains with; null where it failed before it had labels, and takes part in no round.</summary>
    public required ClientLabels? Labels { get; init; }

    /// <summary>Why it failed last; null where it did not.</summary>
    public required string? Failure { get; init; }

    /// <summary>By how much the action changes the announced loss, as the client can compute it from its own terms.</summary>
    public double? SurrogateChange => Action is { } action ? SurrogateTerms.Change(Assignment, action) : null;

    /// <summary>What the action costs the client, in money.</summary>
    /// <param name="costs">c_l and c_p.</param>
    /// <param name="protocol">How the crowd trains.</param>
    /// <param name="rounds">In how many rounds the client trained.</param>
    public double CostBy(ClientCosts costs, TrainingProtocol protocol, int rounds) =>
        Action is { } action ? costs.Of(action with { Attendance = 1 }, protocol with { Rounds = rounds }) : 0;

    /// <summary>u_hat of the action; null where the terms announce no surrogate, or one that makes no number of such an action.</summary>
    public double? SurrogatePayoff(double cost)
    {
        if (SurrogateChange is not { } change)
        {
            return null;
        }

        var terms = Assignment.Terms;
        double payoff = terms.Fixed - terms.LossSlope * (terms.Announced[SurrogateTerms.TruthfulLoss] + change) - cost;
        return Magnitude.IsMoney(payoff) ? payoff : null;
    }
}
