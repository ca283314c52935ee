namespace FLCrowd.Conformance;

/// <summary>A game for one client: what it sees in every episode but for the episode's number and seed.</summary>
/// <param name="Name">What is special about it, for messages.</param>
/// <param name="View">What the client sees.</param>
public sealed record ConformanceGame(string Name, ClientView View)
{
    private static ClientView Usual { get; } = new()
    {
        Client = 3,
        Episode = 0,
        Episodes = 1000,
        Seed = new Seed(1),
        Assignment = new Assignment(1, 50, 1, new RewardTerms(30, 0)),
        Protocol = new TrainingProtocol { Rounds = 100, LocalSteps = 1, StepSize = 0.5 },
        Costs = new ClientCosts(20, 1e-3),
        Weight = 0.1,
        SampleCount = 1000,
        ClassCount = 10,
        MaxBatchSize = 1000,
    };

    private static RewardTerms WithSurrogate { get; } =
        new(500, 300, SurrogateTerms.Write(new ClientLossTerm(2, 0.5, 0.1, 1, 0.2, 0.1), truthfulLoss: 0.9));

    /// <summary>Ordinary games and extreme ones: the least and the greatest batches, efforts, costs, weights and pays, with a loss
    /// surrogate in the terms or without one, with labels or without.</summary>
    public static IReadOnlyList<ConformanceGame> All { get; } = [.. Make()];

    /// <summary>What the client sees in an episode.</summary>
    internal ClientView Episode(int episode) => View with
    {
        Episode = episode,
        Seed = View.Seed.For("conformance", episode),
        Published = episode == 0 ? null : View.Published,
    };

    /// <summary>How an episode ends: less effort, smaller batches and misreports raise the loss; the rest is noise of the game's
    /// own.</summary>
    internal EpisodeOutcome Outcome(int episode, ClientAction action)
    {
        double noise = View.Seed.For("conformance outcome", episode).Normal(0);
        double misreport = Math.Min(Math.Abs(action.Gamma - 1), 10);
        double loss = 0.5 + 0.5 * (1 - action.Effort) + 0.5 / action.BatchSize + 0.1 * misreport * misreport + 0.2 * noise;
        var terms = View.Assignment.Terms;
        return new EpisodeOutcome
        {
            Episode = episode,
            Action = action,
            Reward = terms.Fixed - terms.LossSlope * loss + 10 * noise,
            Cost = View.Costs.Of(action, View.Protocol),
            TestLoss = Math.Max(0, loss),
        };
    }

    private static IEnumerable<ConformanceGame> Make()
    {
        yield return new("flat pay", Usual);
        yield return new("terms with a loss surrogate", Usual with { Assignment = new Assignment(1, 60, 1, WithSurrogate) });
        yield return new("pay by the test loss", Usual with { Assignment = new Assignment(1, 50, 1, new RewardTerms(120, 80)) });
        yield return new("nothing to label", Usual with { SampleCount = 0, ClassCount = 0, MaxBatchSize = int.MaxValue });
        yield return new("nothing to label, terms with a loss surrogate", Usual with
        {
            Assignment = new Assignment(1, 60, 1, WithSurrogate),
            SampleCount = 0,
            ClassCount = 0,
            MaxBatchSize = int.MaxValue,
        });
        yield return new("batches of one sample at most", Usual with
        {
            Assignment = new Assignment(1, 1, 1, new RewardTerms(30, 0)),
            SampleCount = 1,
            MaxBatchSize = 1,
        });
        yield return new("batches of one sample at most, terms with a loss surrogate", Usual with
        {
            Assignment = new Assignment(1, 1, 1, WithSurrogate),
            SampleCount = 1,
            MaxBatchSize = 1,
        });
        yield return new("the largest batch assigned", Usual with { Assignment = new Assignment(1, 1000, 1, new RewardTerms(30, 5)) });
        yield return new("no effort, gamma 0 assigned", Usual with { Assignment = new Assignment(0, 50, 0, new RewardTerms(30, 5)) });
        yield return new(
            "half the effort, gamma 2 assigned", Usual with { Assignment = new Assignment(0.5, 50, 2, new RewardTerms(30, 5)) });
        yield return new(
            "no pay, no costs", Usual with { Assignment = new Assignment(1, 50, 1, new RewardTerms(0, 0)), Costs = new ClientCosts(0, 0) });
        yield return new("a fee", Usual with { Assignment = new Assignment(1, 50, 1, new RewardTerms(-1e6, 0)) });
        yield return new("enormous pay and costs", Usual with
        {
            Assignment = new Assignment(1, 50, 1, new RewardTerms(1e12, 1e12)),
            Costs = new ClientCosts(1e9, 1e6),
        });
        yield return new("published payoffs", Usual with
        {
            Published =
            [
                new() { Behavior = new Behavior(0, 1, 1), Clients = 2, MeanPayoff = 30 },
                new() { Behavior = new Behavior(1, 0.5, 1), Clients = 1, MeanPayoff = 20 },
                new() { Behavior = new Behavior(1, 1, 1), Clients = 7, MeanPayoff = -10 },
            ],
        });
        yield return new("the only client", Usual with { Client = 0, Weight = 1 });
        yield return new("one of very many clients", Usual with { Client = 999_999, Weight = 1e-6, ClassCount = 2 });
        yield return new("one round, many local steps", Usual with
        {
            Protocol = new TrainingProtocol
            {
                Rounds = 1,
                LocalSteps = 1000,
                StepSize = 10,
                Replacement = false,
                CostBasis = CostBasis.LocalStep,
            },
        });
    }
}
