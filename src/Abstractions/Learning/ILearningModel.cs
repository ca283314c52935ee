namespace FLCrowd;

/// <summary>
/// What the crowd learns and on which data: one game's model, the clients' data, and how both are trained and tested. A model
/// is a flat vector of <see cref="ParameterCount"/> floats everywhere outside this interface.
/// </summary>
/// <remarks>
/// All members but <see cref="IDisposable.Dispose"/> may be called by several threads at once. Equal arguments give equal
/// bits, and what one client of a chunk gets does not depend on the others in it.
/// </remarks>
public interface ILearningModel : IDisposable
{
    /// <summary>The number of parameters P of the model.</summary>
    int ParameterCount { get; }

    /// <summary>The number of classes K that a label can take; 0 where there is nothing to label.</summary>
    int ClassCount { get; }

    /// <summary>The number of samples n_i that a client holds; 0 where the model has no samples.</summary>
    int SampleCount(int client);

    /// <summary>Writes the initial global model w_0.</summary>
    void Initialise(Span<float> model);

    /// <summary>Labels one client's data for one episode.</summary>
    ClientLabels Label(LabelingTask task);

    /// <summary>
    /// Runs a round of local SGD, H steps, for every client of a chunk, each starting at the global model, and writes each
    /// local model w_{t,H} to its <see cref="LocalTask.Local"/>.
    /// </summary>
    /// <param name="global">The global model w_{t-1}.</param>
    /// <param name="protocol">Local steps, step size and sampling.</param>
    /// <param name="chunk">At least one client; no client twice.</param>
    void Train(ReadOnlySpan<float> global, TrainingProtocol protocol, IReadOnlyList<LocalTask> chunk);

    /// <summary>Tests a model.</summary>
    Evaluation Evaluate(ReadOnlySpan<float> model);

    /// <summary>The <see cref="Evaluation.TestLoss"/> of <see cref="Evaluate"/> alone, to the last bit; a model may know a quicker
    /// way.</summary>
    double TestLoss(ReadOnlySpan<float> model) => Evaluate(model).TestLoss;
}

/// <summary>How good a model is.</summary>
/// <param name="TrainingLoss">sum_i p_i F_i(w), with regularisation, on the clients' true labels.</param>
/// <param name="TestLoss">f(w), the loss that pays: the mean loss on test data without regularisation.</param>
/// <param name="Accuracy">The share of test data classified correctly, or NaN where the model does not classify.</param>
public readonly record struct Evaluation(double TrainingLoss, double TestLoss, double Accuracy);
