using FLCrowd.Experiments.Configuration;

namespace FLCrowd.Experiments.Dynamics;

/// <summary>The section <c>experiment.dynamics</c>: how a profile comes about.</summary>
/// <param name="Method">Who finds out what is better.</param>
/// <param name="Payoffs">For best responses: by which payoffs.</param>
/// <param name="Search">For best responses by exact payoffs: among which actions.</param>
/// <param name="Revisions">For best responses: how many at most.</param>
/// <param name="Settled">For learning: how many of the last episodes tell where it ended, at least 2.</param>
internal sealed record DynamicsSettings(DynamicsMethod Method, DynamicsPayoffs Payoffs, ResponseSearch Search, int Revisions, int Settled)
{
    /// <summary>Whether best responses, and the regret of where they end, follow from a closed form.</summary>
    public bool IsExact => Method == DynamicsMethod.BestResponse && Payoffs == DynamicsPayoffs.Exact;

    public static DynamicsSettings Read(Section section)
    {
        var settings = new DynamicsSettings(
            section.Word<DynamicsMethod>("method"),
            section.Word<DynamicsPayoffs>("payoffs"),
            section.Word<ResponseSearch>("search"),
            section.Whole("revisions", 1),
            section.Whole("settled", 2));
        section.Done();
        return settings;
    }
}

/// <summary>Who finds out what is better.</summary>
internal enum DynamicsMethod
{
    /// <summary>The clients' own strategies, from episode to episode.</summary>
    Learning,

    /// <summary>The experiment: in every revision a client gets a best response to what the others do.</summary>
    BestResponse,
}

/// <summary>The payoffs that best responses are best by.</summary>
internal enum DynamicsPayoffs
{
    /// <summary>Measured: paired games of the actors.</summary>
    Played,

    /// <summary>Expected payoffs in closed form, where the model has one.</summary>
    Exact,
}

/// <summary>The actions that a best response is searched among.</summary>
internal enum ResponseSearch
{
    /// <summary>The deviations of <c>experiment.regret</c>.</summary>
    Grid,

    /// <summary>Any effort, batch size and gamma.</summary>
    Continuous,
}
