namespace FLCrowd;

/// <summary>An action relative to what is asked: what clients with different assignments have in common.</summary>
/// <param name="Effort">Labeling effort e in [0, 1].</param>
/// <param name="BatchFactor">D / D': the batch size as a multiple of the assigned one, above 0.</param>
/// <param name="Gamma">Report coefficient gamma, at least 0.</param>
public readonly record struct Behavior(double Effort, double BatchFactor, double Gamma)
{
    /// <summary>Attendance in [0, 1] (<see cref="ClientAction.Attendance"/>).</summary>
    public double Attendance { get; init; } = 1;

    /// <summary>What an action is relative to an assignment.</summary>
    public static Behavior Of(ClientAction action, Assignment assignment) =>
        Of(action, assignment.BatchSize);

    /// <inheritdoc cref="Of(ClientAction, Assignment)"/>
    /// <param name="action">The action.</param>
    /// <param name="assignedBatchSize">D', at least 1.</param>
    public static Behavior Of(ClientAction action, int assignedBatchSize) =>
        new(action.Effort, (double)action.BatchSize / assignedBatchSize, action.Gamma) { Attendance = action.Attendance };

    /// <summary>The behavior as an action: D is rounded to whole samples, at least 1 and at most what the client can draw.</summary>
    public ClientAction In(ClientView view) => In(view.Assignment, view.MaxBatchSize);

    /// <inheritdoc cref="In(ClientView)"/>
    /// <param name="assignment">What is asked.</param>
    /// <param name="maxBatchSize">The largest batch the client can draw (<see cref="ClientView.MaxBatchSize"/>).</param>
    public ClientAction In(Assignment assignment, int maxBatchSize) =>
        new(Effort, (int)Math.Clamp(Math.Round(BatchFactor * assignment.BatchSize), 1, maxBatchSize), Gamma) { Attendance = Attendance };
}
