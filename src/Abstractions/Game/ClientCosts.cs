namespace FLCrowd;

/// <summary>A client's costs, in money.</summary>
/// <param name="Labeling">c_l: labeling the whole local data set with effort 1.</param>
/// <param name="Computation">c_p: computing with one sample.</param>
public readonly record struct ClientCosts(double Labeling, double Computation)
{
    /// <summary>The cost of an action in one episode: c_l e + T c_p D (T H c_p D by local step).</summary>
    public double Of(ClientAction action, TrainingProtocol protocol) =>
        Labeling * action.Effort + protocol.ChargedSteps * Computation * action.BatchSize;
}
