using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using FLCrowd.Strategies.Surrogates;
using FLCrowd.Strategies.Theory;

namespace FLCrowd.Strategies.Mechanisms;

internal sealed class LcemeOptions
{
    [Description("The loss surrogate that pay is made from (pilot, theorem1, corrected, given, or a plug-in's).")]
    public string Surrogate { get; set; } = Pilot.Name;

    [Description("The options of that surrogate.")]
    public JsonObject SurrogateOptions { get; set; } = [];

    [Description("Whether to use the paper's formulas as printed, errata included (docs/errata.md).")]
    public bool AsPrinted { get; set; }

    [Range(0.0, double.MaxValue)]
    [Description("By how much labeling earns more than it costs at the least batch size, as a share of the cost; as-printed has none.")]
    public double Margin { get; set; } = LcemeClient.DefaultMargin;

    [Description("With assignment = optimal: whether all clients get the mean of the optimal batch sizes, the total being the same.")]
    public bool Even { get; set; }
}

/// <summary>
/// The paper's mechanism (Definition 3), generalised from the bound to any loss surrogate and corrected. Efforts and report
/// coefficients are 1; batch sizes are the configured ones, or the server's optimal ones.
/// </summary>
internal sealed class Lceme(LcemeOptions options) : ISurrogateMechanism, IWarningMechanism
{
    private readonly Errata _errata = options.AsPrinted ? Errata.All : Errata.None;

    public PluginChoice Surrogate { get; } =
        new(options.Surrogate, options.SurrogateOptions.ToJsonString(), "game.lceme.surrogate-options");

    public IReadOnlyList<Assignment> Announce(MechanismView view)
    {
        var surrogate = SurrogateOf(view);
        var clients = Clients(view, surrogate);
        int[] batchSizes = Assigned(view, clients);
        double truthful = surrogate.TruthfulLoss(batchSizes);

        // Clients of equal terms share one object: a crowd has many clients and few kinds of them.
        var shared = new Dictionary<(LcemeClient, int), Assignment>();
        var assignments = new Assignment[clients.Length];
        for (int i = 0; i < assignments.Length; i++)
        {
            var key = (clients[i] with { Client = 0 }, batchSizes[i]);
            if (!shared.TryGetValue(key, out var assignment))
            {
                shared[key] = assignment = Assign(clients[i], batchSizes[i], truthful, surrogate.MinimalLoss);
            }

            assignments[i] = assignment;
        }

        return assignments;
    }

    /// <summary>The optimal ones, so that even batches are of the same surrogate, and have the same total.</summary>
    public IReadOnlyList<int> BatchSizes(MechanismView view) => BatchSizes(view, Clients(view, SurrogateOf(view)));

    public void Pay(PaymentView view, Span<double> rewards)
    {
        for (int i = 0; i < rewards.Length; i++)
        {
            var terms = view.Assignments[i].Terms;
            rewards[i] = terms.Fixed - terms.LossSlope * view.TestLoss;
        }
    }

    public IReadOnlyList<string> Warnings(MechanismView view)
    {
        var surrogate = SurrogateOf(view);
        var clients = Clients(view, surrogate);
        int[] batchSizes = Assigned(view, clients);
        List<string> warnings = [.. surrogate.Warnings];
        int[] shirkers = [.. Enumerable.Range(0, clients.Length).Where(i => batchSizes[i] < clients[i].LeastBatchSize() * (1 - 1e-12))];
        if (shirkers is [var first, ..])
        {
            var client = clients[first];
            double gain = client.Costs.Labeling - client.LossSlope(batchSizes[first]) * client.Term.EffortSlope;
            warnings.Add(
                $"{shirkers.Length} of {clients.Length} clients gain by not labeling, as their batch size is below D_min: "
                + $"client {first} has {batchSizes[first]}, D_min is {client.LeastBatchSize():G4}, it gains {gain:G4}");
        }

        return warnings;
    }

    private static LossSurrogate SurrogateOf(MechanismView view) => view.Surrogate
        ?? throw new SettingException("game.mechanism", "is lceme, which needs a loss surrogate, and this run has none");

    private static LcemeClient[] Clients(MechanismView view, LossSurrogate surrogate)
    {
        surrogate.Validated(view.Clients.Count, "game.lceme.surrogate");
        return [.. view.Clients.Select((profile, i) =>
            new LcemeClient(profile.Client, profile.Weight, surrogate.Client(i), profile.Costs, view.Protocol).Validated())];
    }

    private int[] Assigned(MechanismView view, LcemeClient[] clients)
    {
        int[] sizes = BatchSizes(view, clients);
        return options.Even && view.Clients.All(profile => profile.BatchSize is null) ? Evened(sizes) : sizes;
    }

    private int[] BatchSizes(MechanismView view, LcemeClient[] clients)
    {
        var sizes = new int[clients.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            var profile = view.Clients[i];
            sizes[i] = profile.BatchSize is null
                ? clients[i].Assign(view.MoneyPerLoss, profile.MaxBatchSize, options.Margin, _errata)
                : FixedPay.AssignedBatchSize(profile, "lceme");
        }

        return sizes;
    }

    /// <summary>The same total dealt out evenly; what is left over goes to the first clients, a sample each.</summary>
    private static int[] Evened(int[] sizes)
    {
        var (each, left) = Math.DivRem(sizes.Sum(size => (long)size), sizes.Length);
        return [.. sizes.Select((_, i) => (int)(each + (i < left ? 1 : 0)))];
    }

    private Assignment Assign(LcemeClient client, int batchSize, double truthfulLoss, double minimalLoss)
    {
        var (pay, slope) = client.Terms(batchSize, truthfulLoss, minimalLoss, _errata);
        var announced = SurrogateTerms.Write(client.Term, truthfulLoss + minimalLoss);
        announced[SurrogateTerms.LeastBatchSize] = client.LeastBatchSize();
        return new Assignment(Effort: 1, batchSize, Gamma: 1, new RewardTerms(pay, slope, announced));
    }
}
