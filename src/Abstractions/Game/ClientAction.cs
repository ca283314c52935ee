namespace FLCrowd;

/// <summary>What a client really does in one episode. Hidden: only the client and the researcher's recorder see it.</summary>
/// <param name="Effort">Labeling effort e in [0, 1]: every sample is labeled correctly with this probability, at random otherwise.</param>
/// <param name="BatchSize">Mini-batch size D of each local SGD step, in samples, at least 1.</param>
/// <param name="Gamma">Report coefficient gamma, at least 0: the client reports w + gamma (w_H - w). 1 is the true local model.</param>
public readonly record struct ClientAction(double Effort, int BatchSize, double Gamma)
{
    /// <summary>
    /// Attendance in [0, 1]: the share of the rounds in which the server asks the client that it trains and reports in, each drawn by
    /// itself. From the others it stays away: it saves their cost of computation, and the server sees that it does not answer.
    /// </summary>
    public double Attendance { get; init; } = 1;

    /// <summary>Throws where a component is out of its range.</summary>
    /// <param name="maxBatchSize">The largest batch the client can draw (<see cref="ClientView.MaxBatchSize"/>).</param>
    /// <exception cref="InvalidActionException">Says which component, what it is and what it may be.</exception>
    public ClientAction Validated(int maxBatchSize)
    {
        if (!(Effort is >= 0 and <= 1))
        {
            throw new InvalidActionException($"effort {Effort} is not between 0 and 1");
        }

        if (BatchSize < 1 || BatchSize > maxBatchSize)
        {
            throw new InvalidActionException($"batch size {BatchSize} is not between 1 and {maxBatchSize}");
        }

        if (!(Gamma >= 0 && double.IsFinite(Gamma)))
        {
            throw new InvalidActionException($"gamma {Gamma} is not a finite number of at least 0");
        }

        if (!(Attendance is >= 0 and <= 1))
        {
            throw new InvalidActionException($"attendance {Attendance} is not between 0 and 1");
        }

        return this;
    }
}

/// <summary>A strategy chose an action, or a label, that does not exist, or has nothing to choose in the game at hand.</summary>
/// <param name="message">What it chose and what there is to choose; for the user.</param>
public sealed class InvalidActionException(string message) : Exception(message);
