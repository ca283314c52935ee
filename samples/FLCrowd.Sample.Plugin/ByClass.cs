using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Sample.Plugin;

internal sealed class ByClassOptions
{
    [MinLength(1)]
    [Description("a, loss times samples, by class: client i has entry i modulo the length of the list.")]
    public IReadOnlyList<double> BatchSlope { get; set; } = [0.02];

    [MinLength(1)]
    [Description("b, the loss that labels without effort add, by class.")]
    public IReadOnlyList<double> EffortSlope { get; set; } = [0.1];

    [Range(0.0, double.MaxValue)]
    [Description("q, the loss that gamma = 0 or 2 adds, of every client.")]
    public double ReportCurvature { get; set; } = 0.01;

    [Range(1, 1000)]
    [Description("Cooperative episodes before the game, which measure the loss when all do what they are asked.")]
    public int Pilots { get; set; } = 4;
}

/// <summary>
/// A surrogate whose slopes are given by class, for crowds in which a client's index says what data it has (the partition last-digit),
/// and whose level is measured.
/// </summary>
internal sealed class ByClass(ByClassOptions options) : ILossSurrogateSource
{
    public const string Name = "sample/by-class";

    public async Task<LossSurrogate> FitAsync(SurrogateSetup setup, CancellationToken cancel)
    {
        var (batch, effort) = (Spread(options.BatchSlope), Spread(options.EffortSlope));
        ClientAction[] asked = [.. setup.BatchSizes.Select(size => new ClientAction(Effort: 1, size, Gamma: 1))];
        var pilots = await setup.PlayAsync(
            [.. Enumerable.Range(0, options.Pilots).Select(pilot => new PilotEpisode(setup.Seed.For("pilot", pilot), asked))], cancel);
        double level = pilots.Average(final => final.TestLoss);
        return new LossSurrogate
        {
            Name = Name,

            // The measured loss has F* and the batches' share in it.
            Constant = level - setup.BatchSizes.Select((size, client) => batch[client] / size).Sum(),
            MinimalLoss = 0,
            BatchSlope = batch,
            EffortSlope = effort,
            ReportCurvature = options.ReportCurvature,
        }.Validated(setup.Clients.Count, setup.Path);

        PerClient Spread(IReadOnlyList<double> classes) => new([.. setup.Clients.Select((_, i) => classes[i % classes.Count])]);
    }
}
