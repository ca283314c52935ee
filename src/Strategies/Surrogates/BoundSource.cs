using FLCrowd.Strategies.Theory;

namespace FLCrowd.Strategies.Surrogates;

/// <summary>The surrogates <c>theorem1</c> and <c>corrected</c>: a bound on the loss in the place of the loss.</summary>
internal sealed class BoundSource(ConstantsOptions options, BoundSource.Formula bound) : ILossSurrogateSource
{
    public delegate LossSurrogate Formula(
        LearningConstants constants, IReadOnlyList<double> weights, TrainingProtocol protocol, string path);

    public static BoundSource Theorem1(ConstantsOptions options) => new(options, Theory.Theorem1.Surrogate);

    public static BoundSource Corrected(ConstantsOptions options) => new(options, CorrectedBound.Surrogate);

    public Task<LossSurrogate> FitAsync(SurrogateSetup setup, CancellationToken cancel) => setup.EveryoneTakesPart
        ? Task.FromResult(Fit(setup))
        : throw new SettingException(setup.Path, "bounds the loss where all clients take part in all rounds (learning.participation); "
            + "must be pilot, which measures the game as it is, or given");

    private LossSurrogate Fit(SurrogateSetup setup) => setup.Protocol.IsConstant
        ? bound(options.Of(setup), [.. setup.Clients.Select(client => client.Weight)], setup.Protocol, setup.Path)
        : throw new SettingException(setup.Path, "bounds the loss of training with one step size and without server momentum "
            + "(learning.step-size, learning.momentum); must be pilot, which measures the game as it is, or given");
}
