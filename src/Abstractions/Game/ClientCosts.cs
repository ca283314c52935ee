namespace FLCrowd;

/// <summary>A client's costs, in money.</summary>
/// <param name="Labeling">c_l: labeling the whole local data set with effort 1.</param>
/// <param name="Computation">c_p: computing with one sample.</param>
public readonly record struct ClientCosts(double Labeling, double Computation)
{
    /// <summary>
    /// The cost of an action in one episode: c_l e + a T c_p D (a T H c_p D by local step), with the attendance a; what is expected where
    /// that is below 1.
    /// </summary>
    public double Of(ClientAction action, TrainingProtocol protocol) =>
        Labeling * action.Effort + action.Attendance * protocol.ChargedSteps * Computation * action.BatchSize;
}
