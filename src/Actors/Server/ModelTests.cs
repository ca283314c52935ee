using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Server;

/// <summary>
/// The tests of an episode's global models, and of the final ones of its replays, which run beside the training of later rounds.
/// </summary>
/// <param name="every">Rounds between tests; 0: the final model only.</param>
/// <param name="rounds">T.</param>
internal sealed class ModelTests(int every, int rounds)
{
    /// <summary>How many tests may be under way before training waits for them.</summary>
    private const int MaxOpen = 8;

    private readonly SortedDictionary<int, Evaluation> _results = [];
    private readonly Dictionary<int, double> _replays = [];
    private readonly HashSet<int> _open = [];

    /// <summary>The rounds whose models are being tested.</summary>
    public IReadOnlyCollection<int> Open => _open;

    public bool IsFull => _open.Count >= MaxOpen;

    /// <summary>The results so far, by round.</summary>
    public IReadOnlyDictionary<int, Evaluation> Results => _results;

    /// <summary>The final model's result, once there are no open tests.</summary>
    public Evaluation Final => _results[rounds];

    /// <summary>How well the final model knows each class, once there are no open tests; null where nobody asked.</summary>
    public TestedClass[]? Classes { get; private set; }

    /// <summary>The test loss after the last round of a replay, once there are no open tests.</summary>
    public double LossAfter(int round) => _replays[round];

    public void Begin()
    {
        _results.Clear();
        _replays.Clear();
        _open.Clear();
        Classes = null;
    }

    /// <summary>Takes results of an earlier process.</summary>
    public void Restore(IEnumerable<RoundEvaluation> results)
    {
        foreach (var result in results)
        {
            _results[result.Round] = result.Evaluation;
        }
    }

    /// <summary>Opens the test of the model after a round, where one is due.</summary>
    public bool OpenIfDue(int round) => IsDue(round) && _open.Add(round);

    /// <summary>Takes a result; false where none is awaited for that round.</summary>
    public bool Accept(int round, Evaluation evaluation, TestedClass[]? classes)
    {
        if (!_open.Remove(round))
        {
            return false;
        }

        if (round > rounds)
        {
            _replays[round] = evaluation.TestLoss;
        }
        else
        {
            _results[round] = evaluation;
            Classes = classes ?? Classes;
        }

        return true;
    }

    private bool IsDue(int round) => round >= rounds ? round % rounds == 0 : every > 0 && round % every == 0;
}
