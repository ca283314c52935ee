using System.ComponentModel;

namespace FLCrowd.Strategies.Clients.Learning;

internal enum Belief
{
    /// <summary>The announced loss surrogate.</summary>
    Bound,

    /// <summary>The client's own payoffs.</summary>
    Experience,
}

internal enum ResponseSearch
{
    /// <summary>By comparison and root.</summary>
    Exact,

    /// <summary>The best point of a grid.</summary>
    Grid,

    /// <summary>The best point of the box that the grid spans.</summary>
    Continuous,
}

internal sealed class BestResponseOptions : ActionGridOptions
{
    [Description("What the client believes: bound (the loss is what the announced surrogate says, and all others do what they are asked) | "
        + "experience (nothing but its own payoffs: it tries deviations and keeps what pays).")]
    public Belief Belief { get; set; } = Belief.Bound;

    [Description(
        "bound: how the best action is found: exact | grid (efforts, batch-factors and gammas) | continuous (the box that they span).")]
    public ResponseSearch Search { get; set; } = ResponseSearch.Exact;

    [Description("experience: what is tried, and when it is kept.")]
    public ExperienceOptions Experience { get; set; } = new();
}
