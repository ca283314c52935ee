using System.Text.Json.Nodes;
using FLCrowd.Strategies.Surrogates;
using FLCrowd.Strategies.Theory;

namespace FLCrowd.Strategies.Mechanisms;

/// <summary>
/// The paper's mechanism (Definition 3), generalised from the bound to any loss surrogate and corrected. Efforts and report
/// coefficients are 1; batch sizes are the configured ones, or the server's optimal ones.
/// </summary>
internal sealed class Lceme(LcemeOptions options) : ISurrogateMechanism, IWarningMechanism
{
    private const int MostNamed = 20;

    private readonly Errata _errata = options.AsPrinted ? Errata.All : Errata.None;

    private const string AskSetting = "game.lceme.ask", WorthOption = "worth";

    public PluginChoice Surrogate { get; } =
        new(options.Surrogate, OptionsOf(options).ToJsonString(), "game.lceme.surrogate-options");

    public bool MayLeaveOut => options.Ask == LcemeAsked.Worthwhile;

    public IReadOnlyList<Assignment> Announce(MechanismView view)
    {
        var surrogate = SurrogateOf(view);
        var clients = Clients(view, surrogate);
        int[] batchSizes = Assigned(view, clients);
        double truthful = surrogate.TruthfulLoss(batchSizes);

        // Clients of equal terms share one object: a crowd has many clients and few kinds of them.
        var shared = new Dictionary<(LcemeClient, int), Assignment>();
        var assignments = new Assignment[clients.Length];
        var nothing = new Assignment(
            Effort: 0, BatchSize: 1, Gamma: 1,
            new RewardTerms(0, 0, SurrogateTerms.Write(new ClientLossTerm(0, 0, 0, 1, 0, 0), truthful + surrogate.MinimalLoss)))
        {
            TakesPart = false,
        };
        for (int i = 0; i < assignments.Length; i++)
        {
            if (!surrogate.Asks(i))
            {
                assignments[i] = nothing;
                continue;
            }

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

    public IReadOnlyList<int> NotWorthwhile(MechanismView view)
    {
        var surrogate = SurrogateOf(view);
        if (!MayLeaveOut)
        {
            return [];
        }

        if (surrogate.Worth is null)
        {
            throw new SettingException(
                AskSetting,
                $"is worthwhile, but the surrogate '{surrogate.Name}' does not say what the loss is without a client; must be all, or the "
                + "surrogate pilot (with worth = always), or given with worth");
        }

        var assignments = Announce(view);
        int[] asked = [.. Enumerable.Range(0, assignments.Count).Where(surrogate.Asks)];
        int[] left = [.. asked.Where(i => PrecisionOf(view, assignments, i)?.Participation == ParticipationVerdict.DoesNotPay)];
        return left.Length < asked.Length
            ? left
            : throw new SettingException(
                AskSetting,
                $"is worthwhile, but each of {asked.Length} clients is worth less to the loss than doing as asked costs it; "
                + "must be all, or the batch sizes or costs smaller");
    }

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
        int[] shirkers = [.. Enumerable.Range(0, clients.Length).Where(
            i => surrogate.Asks(i) && batchSizes[i] < clients[i].LeastBatchSize() * (1 - 1e-12))];
        if (shirkers is [var first, ..])
        {
            var client = clients[first];
            double gain = client.Costs.Labeling - client.LossSlope(batchSizes[first]) * client.Term.EffortSlope;
            warnings.Add(
                $"{shirkers.Length} of {clients.Length} clients gain by not labeling, as their batch size is below D_min: "
                + $"client {first} has {batchSizes[first]}, D_min is {client.LeastBatchSize():G4}, it gains {gain:G4}");
        }

        if (surrogate.NotAsked.Count > 0)
        {
            warnings.Add($"{Named(surrogate.NotAsked)} not asked to take part: worth less to the loss than doing as asked would cost");
        }

        if (surrogate.Worth is not null)
        {
            WarnOfParticipation(view, Announce(view), warnings);
        }

        return warnings;
    }

    /// <summary>Says who would rather stay away, and of whom that is not known.</summary>
    private static void WarnOfParticipation(MechanismView view, IReadOnlyList<Assignment> assignments, List<string> warnings)
    {
        var known = Enumerable.Range(0, assignments.Count)
            .Select(i => (Client: i, Precision: PrecisionOf(view, assignments, i)))
            .ToLookup(entry => entry.Precision?.Participation);
        if (known[ParticipationVerdict.DoesNotPay].ToArray() is [var first, ..] violators)
        {
            var (margin, error) = (first.Precision!.ParticipationMargin!.Value, first.Precision.ParticipationMarginError!.Value);
            warnings.Add(
                $"{Named([.. violators.Select(entry => entry.Client)])} better off staying away, worth less to the loss than doing as "
                + $"asked costs: client {first.Client} would save {-margin:G3} ± {error:G2} (one standard error); "
                + "game.lceme.ask = worthwhile leaves such clients out");
        }

        if (known[ParticipationVerdict.NotKnown].ToArray() is { Length: > 0 } open)
        {
            warnings.Add(
                $"of {open.Length} of {assignments.Count} clients it is not known whether taking part pays for itself: the standard errors "
                + "of what they are worth are too large; more seeds tell");
        }
    }

    private static TermsPrecision? PrecisionOf(MechanismView view, IReadOnlyList<Assignment> assignments, int client) =>
        TermsPrecision.Of(assignments[client], view.Clients[client].Costs, view.Protocol, SurrogateOf(view), client);

    private static string Named(IReadOnlyList<int> clients)
    {
        string others = clients.Count > MostNamed ? $" and {clients.Count - MostNamed} others" : "";
        return clients.Count == 1 ? $"client {clients[0]} is" : $"clients {string.Join(", ", clients.Take(MostNamed))}{others} are";
    }

    /// <summary>The surrogate's options; a pilot that has to know what clients are worth measures it.</summary>
    private static JsonObject OptionsOf(LcemeOptions options)
    {
        var given = (JsonObject)options.SurrogateOptions.DeepClone();
        if (options is { Ask: LcemeAsked.Worthwhile, Surrogate: Pilot.Name })
        {
            given.TryAdd(WorthOption, "always");
        }

        return given;
    }

    private static LossSurrogate SurrogateOf(MechanismView view) => view.Surrogate
        ?? throw new SettingException("game.mechanism", "is lceme, which needs a loss surrogate, and this run has none");

    private static LcemeClient[] Clients(MechanismView view, LossSurrogate surrogate)
    {
        surrogate.Validated(view.Clients.Count, "game.lceme.surrogate");
        return [.. view.Clients.Select((profile, i) =>
        {
            var client = new LcemeClient(profile.Client, profile.Weight, surrogate.Client(i), profile.Costs, view.Protocol);
            return surrogate.Asks(i) ? client.Validated() : client;
        })];
    }

    private int[] Assigned(MechanismView view, LcemeClient[] clients)
    {
        int[] sizes = BatchSizes(view, clients);
        return options.Even && view.Clients.All(profile => profile.BatchSize is null)
            ? Evened(sizes, [.. Enumerable.Range(0, sizes.Length).Where(SurrogateOf(view).Asks)])
            : sizes;
    }

    private int[] BatchSizes(MechanismView view, LcemeClient[] clients)
    {
        var surrogate = SurrogateOf(view);
        var sizes = new int[clients.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            var profile = view.Clients[i];
            sizes[i] = !surrogate.Asks(i) ? 1
                : profile.BatchSize is not null ? FixedPay.AssignedBatchSize(profile, "lceme")
                : clients[i].Assign(view.MoneyPerLoss, profile.MaxBatchSize, options.Margin, _errata);
        }

        return sizes;
    }

    /// <summary>The same total dealt out evenly to those that are asked; what is left over goes to the first ones, a sample each.</summary>
    private static int[] Evened(int[] sizes, int[] asked)
    {
        var (each, left) = Math.DivRem(asked.Sum(i => (long)sizes[i]), asked.Length);
        int[] even = [.. sizes];
        foreach (var (place, i) in asked.Index())
        {
            even[i] = (int)(each + (place < left ? 1 : 0));
        }

        return even;
    }

    private Assignment Assign(LcemeClient client, int batchSize, double truthfulLoss, double minimalLoss)
    {
        var (pay, slope) = client.Terms(batchSize, truthfulLoss, minimalLoss, _errata);
        var announced = SurrogateTerms.Write(client.Term, truthfulLoss + minimalLoss);
        announced[SurrogateTerms.LeastBatchSize] = client.LeastBatchSize();
        return new Assignment(Effort: 1, batchSize, Gamma: 1, new RewardTerms(pay, slope, announced));
    }
}
