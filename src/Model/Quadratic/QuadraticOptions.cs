using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Model.Quadratic;

/// <summary>Options of the model <c>quadratic</c>; the defaults are the game whose equilibrium is known.</summary>
public sealed class QuadraticOptions
{
    /// <summary>The number of parameters.</summary>
    [Description("The number of parameters.")]
    [Range(2, 1 << 20)]
    public int Dimension { get; set; } = 5;

    /// <summary>The diagonal of Lambda, each above 0; one entry stands for all axes.</summary>
    [Description("The curvature along every axis (the diagonal of Lambda), each above 0; one entry stands for all.")]
    public IReadOnlyList<double> Curvature { get; set; } = [1];

    /// <summary>The standard deviation of each coordinate of the clients' own optima a_i.</summary>
    [Description("Standard deviation of each coordinate of the clients' own optima a_i, before they are centred.")]
    [Range(0, double.MaxValue)]
    public double CentreDeviation { get; set; } = 0.3;

    /// <summary>n: the variance of each coordinate of one sample's gradient.</summary>
    [Description("Variance of each coordinate of one sample's gradient (n).")]
    [Range(0, double.MaxValue)]
    public double Noise { get; set; } = 36;

    /// <summary>How far labels without effort move a client's optimum, along the second axis.</summary>
    [Description("How far labels without effort move a client's optimum, along the second axis (delta).")]
    [Range(-double.MaxValue, double.MaxValue)]
    public double Shift { get; set; } = 10;
}
