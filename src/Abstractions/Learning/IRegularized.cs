namespace FLCrowd;

/// <summary>
/// A model that knows what its training adds to the mean loss of samples: an optional capability of an <see cref="ILearningModel"/>, for
/// pay that is based on the test loss with that term (<c>game.payoff-basis = objective</c>). Several threads may call at once; equal
/// arguments give equal bits.
/// </summary>
public interface IRegularized
{
    /// <summary>What the training loss F(w) has besides losses of samples, such as (l2 / 2) |w|^2; 0 where there is nothing.</summary>
    /// <param name="model">w, <see cref="ILearningModel.ParameterCount"/> long.</param>
    /// <returns>In units of loss, at least 0.</returns>
    double Penalty(ReadOnlySpan<float> model);
}
