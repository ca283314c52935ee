using FLCrowd.Experiments.Loading;

namespace FLCrowd.Host.Tests;

/// <summary>What plug-ins return is looked at before anything is played.</summary>
public class PluginReturnsSpec
{
    private const string Given = "surrogate = \"acme/odd\"";

    [Theory]
    [InlineData("data.set = \"acme/odd\", learning.model = softmax",
        "data.acme/odd: the data set 'acme/odd' of Acme has the label 7 at training sample 1; must be 0 to 1")]
    [InlineData("learning { model = quadratic, aggregator = \"acme/odd\" }",
        "learning.acme/odd: the aggregator 'acme/odd' of Acme has the coefficient NaN for client 0")]
    [InlineData("learning.model = quadratic, game.mechanism = \"acme/odd\"",
        "game.acme/odd: the mechanism 'acme/odd' of Acme announced client 1 the pay Infinity; must be finite")]
    [InlineData("learning.model = quadratic, game { mechanism = \"acme/odd\", \"acme/odd\".count = 1 }",
        "game.acme/odd: the mechanism 'acme/odd' of Acme made 1 assignments for 2 clients")]
    public void A_part_that_is_none_is_named_with_its_plug_in(string settings, string message) => Assert.StartsWith(
        message,
        Assert.Throws<SettingException>(() => Configured.File(Catalog(), $"flcrowd {{ data.clients = 2, {settings} }}", null)).Message
            .Replace("\"", "", StringComparison.Ordinal),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("none = true", "game.lceme.surrogate-options: the surrogate 'acme/odd' of Acme made none")]
    [InlineData("none = false", "game.lceme.surrogate-options: the surrogate 'odd' has batch-slope NaN for client 0; must be at least 0")]
    public async Task A_surrogate_that_is_none_is_named(string options, string message) => Assert.Equal(
        message,
        (await Assert.ThrowsAsync<SettingException>(() => Played.FileAsync(
            Catalog(),
            "flcrowd { data.clients = 2, learning.model = quadratic, "
            + $"game {{ mechanism = lceme, lceme {{ {Given}, surrogate-options {{ {options} }} }} }} }}"))).Message);

    private static PluginCatalog Catalog()
    {
        var catalog = Plugins.Catalog();
        catalog.Add(new Plugin(), new PluginSource("Acme", "1.0", Guid.Empty, "/acme/Acme.dll", ""));
        return catalog;
    }

    private sealed class Plugin : IPlugin
    {
        public void Register(IPluginRegistry registry)
        {
            registry.AddDataSet<NoOptions>("acme/odd", "", _ => new DataSet(
                "odd", 2, new SampleShape(1, 1, 1), new LabeledSamples([0, 1], [0, 7]), new LabeledSamples([0], [0])));
            registry.AddAggregator<NoOptions>("acme/odd", "", _ => new Aggregator());
            registry.AddMechanism<MechanismOptions>("acme/odd", "", options => new Mechanism(options.Count));
            registry.AddSurrogate<SurrogateOptions>("acme/odd", "", options => new Source(options.None));
        }
    }

    private sealed class MechanismOptions
    {
        public int? Count { get; set; }
    }

    private sealed class SurrogateOptions
    {
        public bool None { get; set; }
    }

    private sealed class Aggregator : ILinearAggregator
    {
        public double Coefficient(double weight) => double.NaN;
    }

    private sealed class Mechanism(int? count) : IIncentiveMechanism
    {
        public IReadOnlyList<Assignment> Announce(MechanismView view) => [.. view.Clients.Take(count ?? view.Clients.Count)
            .Select(client => new Assignment(1, 1, 1, new RewardTerms(client.Client == 1 ? double.PositiveInfinity : 1, 0)))];

        public void Pay(PaymentView view, Span<double> rewards) => rewards.Clear();
    }

    private sealed class Source(bool none) : ILossSurrogateSource
    {
        public Task<LossSurrogate> FitAsync(SurrogateSetup setup, CancellationToken cancel) =>
            Task.FromResult(none ? null! : new LossSurrogate
            {
                Name = "odd",
                Constant = 0,
                MinimalLoss = 0,
                BatchSlope = double.NaN,
                EffortSlope = 1,
                ReportCurvature = 1,
            });
    }
}
