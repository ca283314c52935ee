namespace FLCrowd;

/// <summary>
/// A strategy whose answers come from elsewhere, such as a program in another language. It is told what it is going to be asked, so that
/// the questions of many clients go there together and nobody waits meanwhile; it is asked once the task is done, and answers with what
/// came.
/// </summary>
/// <remarks>
/// Preparing changes no answer: whoever asks without it, or something else, gets what he would get anyhow, and waits for it. What went
/// wrong is thrown when the strategy is asked; a task that fails is one that is done.
/// </remarks>
public interface IPreparing : IStrategyCapability
{
    /// <summary>Begins with what <see cref="IClientStrategy.Choose"/> is going to be asked.</summary>
    Task PrepareChoice(ClientView view);

    /// <summary>Begins with what <see cref="ILabeler.Label"/> is going to be asked.</summary>
    /// <param name="views">All samples of one client, with one seed.</param>
    Task PrepareLabels(IReadOnlyList<LabelView> views);

    /// <summary>Begins with what <see cref="IReporter.Report"/> is going to be asked. Copies what it needs before it returns.</summary>
    /// <param name="view">As for the reporter.</param>
    /// <param name="report">What the report holds on entry.</param>
    Task PrepareReport(in ReportView view, ReadOnlySpan<float> report);
}
