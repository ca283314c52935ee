using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Strategies.Surrogates;

/// <summary>Options of the bounds: constants given here take the place of estimated ones.</summary>
internal sealed class ConstantsOptions
{
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    [Description("L, the smoothness of every client's loss; estimated where not set.")]
    public double? Smoothness { get; set; }

    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    [Description("mu, the strong convexity of every client's loss; estimated where not set.")]
    public double? StrongConvexity { get; set; }

    [Description("sigma_i^2, the variance of one sample's gradient: one number for all clients or one per client; estimated where empty.")]
    public IReadOnlyList<double> GradientVariance { get; set; } = [];

    [Range(0.0, double.MaxValue)]
    [Description("beta, the mean squared change of a sample's gradient by labels without effort; estimated where not set.")]
    public double? LabelNoise { get; set; }

    [Range(0.0, double.MaxValue)]
    [Description("G^2, the bound on the squared norm of a gradient; estimated where not set.")]
    public double? GradientNorm { get; set; }

    [Description("d_i, how far client i's loss at w* is above its least: one number for all or one per client; estimated where empty.")]
    public IReadOnlyList<double> Heterogeneity { get; set; } = [];

    [Description("F*, the least loss; estimated where not set.")]
    public double? MinimalLoss { get; set; }

    [Range(0.0, double.MaxValue)]
    [Description("|w_0 - w*|^2; estimated where not set.")]
    public double? InitialDistance { get; set; }

    /// <summary>The constants of a game; nothing is estimated where all are given.</summary>
    public LearningConstants Of(SurrogateSetup setup)
    {
        var estimated = new Lazy<LearningConstants>(setup.Constants);
        return new LearningConstants
        {
            Smoothness = Smoothness ?? estimated.Value.Smoothness,
            StrongConvexity = StrongConvexity ?? estimated.Value.StrongConvexity,
            GradientVariance = GradientVariance.Count > 0 ? new PerClient(GradientVariance) : estimated.Value.GradientVariance,
            LabelNoise = LabelNoise ?? estimated.Value.LabelNoise,
            GradientNorm = GradientNorm ?? estimated.Value.GradientNorm,
            Heterogeneity = Heterogeneity.Count > 0 ? new PerClient(Heterogeneity) : estimated.Value.Heterogeneity,
            MinimalLoss = MinimalLoss ?? estimated.Value.MinimalLoss,
            InitialDistance = InitialDistance ?? estimated.Value.InitialDistance,
        };
    }
}
