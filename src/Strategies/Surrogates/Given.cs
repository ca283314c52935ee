using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Strategies.Surrogates;

internal sealed class GivenOptions : IValidatableObject
{
    [Description("a_i, loss times samples: one number for all clients or one per client.")]
    public IReadOnlyList<double> BatchSlope { get; set; } = [];

    [Description("b_i, the loss that labels without effort add: one number or one per client.")]
    public IReadOnlyList<double> EffortSlope { get; set; } = [];

    [Description("q_i, the loss that gamma = 0 or 2 adds, per unit of V: one number or one per client.")]
    public IReadOnlyList<double> ReportCurvature { get; set; } = [0];

    [Description("v in V = v + v_D / D + v_e (1 - e): one number or one per client.")]
    public IReadOnlyList<double> NormConstant { get; set; } = [1];

    [Description("v_D in V: one number or one per client.")]
    public IReadOnlyList<double> NormBatchSlope { get; set; } = [0];

    [Description("v_e in V: one number or one per client.")]
    public IReadOnlyList<double> NormEffortSlope { get; set; } = [0];

    [Description("o_i, the loss without a client less the loss with it: one number or one per client; not known where empty.")]
    public IReadOnlyList<double> Worth { get; set; } = [];

    [Description("The loss when all do what they are asked, F* included; set this or constant.")]
    public double? TruthfulLoss { get; set; }

    [Description("C, the part of the loss that no action changes; set this or truthful-loss.")]
    public double? Constant { get; set; }

    [Description("F*, if constant does not contain it.")]
    public double MinimalLoss { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TruthfulLoss is null == Constant is null)
        {
            yield return new ValidationResult("needs exactly one of truthful-loss and constant");
        }

        foreach (var (name, values) in new[]
        {
            (nameof(BatchSlope), BatchSlope), (nameof(EffortSlope), EffortSlope), (nameof(ReportCurvature), ReportCurvature),
            (nameof(NormConstant), NormConstant), (nameof(NormBatchSlope), NormBatchSlope), (nameof(NormEffortSlope), NormEffortSlope),
        })
        {
            if (values.Count == 0)
            {
                yield return new ValidationResult("is empty; must have one number for all clients or one per client", [name]);
            }
        }
    }
}

/// <summary>The surrogate <c>given</c>: numbers of the user's own.</summary>
internal sealed class Given(GivenOptions options) : ILossSurrogateSource
{
    public const string Name = "given";

    public Task<LossSurrogate> FitAsync(SurrogateSetup setup, CancellationToken cancel)
    {
        int clients = setup.Clients.Count;
        var slope = new PerClient(options.BatchSlope);
        double worked = slope.Fits(clients) ? setup.BatchSizes.Select((size, client) => slope[client] / size).Sum() : 0;

        // Clients do not interact: without some, the loss is larger by what each of them is worth, and their own terms are gone.
        var worth = options.Worth.Count > 0 ? new PerClient(options.Worth) : null;
        double missing = setup.NotAsked.Sum(client => slope[client] / setup.BatchSizes[client] + (worth?[client] ?? 0));
        return Task.FromResult(new LossSurrogate
        {
            Name = Name,
            Constant = (options.Constant ?? options.TruthfulLoss!.Value - options.MinimalLoss - worked) + missing,
            MinimalLoss = options.MinimalLoss,
            BatchSlope = Asked(slope),
            EffortSlope = Asked(new PerClient(options.EffortSlope)),
            ReportCurvature = Asked(new PerClient(options.ReportCurvature)),
            Worth = worth is null ? null : Asked(worth),
            NotAsked = setup.NotAsked,
            NormConstant = new PerClient(options.NormConstant),
            NormBatchSlope = new PerClient(options.NormBatchSlope),
            NormEffortSlope = new PerClient(options.NormEffortSlope),
        }.Validated(clients, setup.Path));

        PerClient Asked(PerClient values) => setup.NotAsked.Count == 0
            ? values
            : new PerClient([.. Enumerable.Range(0, clients).Select(client => setup.NotAsked.Contains(client) ? 0 : values[client])]);
    }
}
