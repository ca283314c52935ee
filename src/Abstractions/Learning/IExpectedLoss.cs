namespace FLCrowd;

/// <summary>
/// A model that knows in closed form how training ends: an optional capability of an <see cref="ILearningModel"/>, for payoffs without
/// noise. Several threads may call at once; equal arguments give equal bits.
/// </summary>
public interface IExpectedLoss
{
    /// <summary>E f(w_T): the expected test loss of the final model, with the server taking the mean of the reports weighted by
    /// p_i.</summary>
    /// <param name="profile">The action of every client, in client order.</param>
    /// <param name="protocol">How the crowd trains.</param>
    double ExpectedLoss(IReadOnlyList<ClientAction> profile, TrainingProtocol protocol);
}
