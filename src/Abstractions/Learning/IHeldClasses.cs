namespace FLCrowd;

/// <summary>
/// A model whose clients hold samples of classes: an optional capability of an <see cref="ILearningModel"/>, for tables of who holds what.
/// Several threads may call at once; equal arguments give equal numbers.
/// </summary>
public interface IHeldClasses
{
    /// <summary>Counts a client's samples by their true class.</summary>
    /// <param name="client">The client's index i, from 0.</param>
    /// <param name="counts">Takes the number of samples of every class, <see cref="ILearningModel.ClassCount"/> long; they add up to
    /// <see cref="ILearningModel.SampleCount"/>.</param>
    void CountClasses(int client, Span<int> counts);
}
