using System.Buffers;

namespace FLCrowd.Strategies.Clients.Learning;

/// <summary>
/// Better responses by experience: keeps a current action, plays it beside one deviation after another, and makes that the current
/// action which pays more by more than chance. It knows nothing but its own payoffs.
/// </summary>
/// <remarks>
/// Each pair of episodes has the current action and the candidate in an order drawn by lot, so that what others try in the same episodes
/// biases nothing (a randomised block design). A search with step control like that of Hooke and Jeeves (1961, "Direct search"): steps go
/// on, twice as long, where they pay; a round in which none does is followed by one with half the steps; after the finest round the client
/// rests. It plays the current action where that stands: in the game's last episode and, where clients revise in turns, in the last one of
/// a turn, which it repeats. A turn of one episode is too short to compare anything.
/// </remarks>
internal sealed class ExperienceLearner(ExperienceOptions options) : IClientStrategy, IStrategyMemory
{
    private PairedComparison _comparison = new();

    private Behavior? _current;
    private Behavior? _candidate;
    private int _jump;
    private int _step;
    private int _level;
    private double _stride = 1;
    private bool _improvedInRound;
    private bool _improvedInSearch;
    private int _rest;
    private int _nextRest = options.Rest;
    private int _lastEpisode = -1;
    private (double Payoff, bool IsCandidate)? _half;

    // Of the episode that is played; chosen again where the client moves.
    private bool _playsCandidate;
    private bool _compares;
    private double _tolerance;

    public ClientAction Choose(ClientView view)
    {
        var asked = view.Assignment;
        _current ??= new Behavior(options.StartEffort ?? asked.Effort, options.StartBatchFactor ?? 1, options.StartGamma ?? asked.Gamma);
        _tolerance = options.Tolerance * view.Costs.Of(asked.AsAction, view.Protocol);
        Return(view.Episode - _lastEpisode - 1);
        _lastEpisode = view.Episode;
        if (_rest == 0 && _candidate is null)
        {
            FindCandidate(view);
        }

        bool stands = view.Repeats > 0 || view.Episode + 1 == view.Episodes;
        _compares = _candidate is not null && (!stands || _half is { IsCandidate: true });
        _playsCandidate = _compares
            && (_half is { } half ? !half.IsCandidate : view.Seed.For("candidate first").Index(2, 0) == 0);
        return (_playsCandidate ? _candidate!.Value : _current.Value).In(view);
    }

    public void Observe(EpisodeOutcome outcome)
    {
        if (_rest > 0)
        {
            _rest--;
        }
        else if (_compares && _half is not { } half)
        {
            _half = (outcome.Payoff, _playsCandidate);
        }
        else if (_compares)
        {
            double other = _half!.Value.Payoff;
            _half = null;
            _comparison.Add(_playsCandidate ? outcome.Payoff - other : other - outcome.Payoff);
            Conclude(_comparison.Judge(_tolerance, options.Confidence, options.MaxRepeats));
        }
    }

    /// <summary>Takes note that the client did not choose for some episodes.</summary>
    private void Return(int missed)
    {
        _half = missed > 0 ? null : _half;
        if (missed >= options.Rest)
        {
            // What others did since may have changed what pays, and how noisy it is.
            (_comparison, _candidate, _rest) = (new PairedComparison(), null, 0);
            _jump = _jump < ExperienceMoves.Jumps ? _jump : 0;
        }
    }

    private void Conclude(Verdict verdict)
    {
        if (verdict == Verdict.Open)
        {
            return;
        }

        bool isBetter = verdict == Verdict.Better;
        _comparison.Close();
        if (isBetter)
        {
            _current = _candidate;
            (_improvedInRound, _improvedInSearch) = (true, true);
        }

        if (_jump < ExperienceMoves.Jumps)
        {
            _jump++;
        }
        else
        {
            // A step that paid is followed by another, twice as long.
            (_step, _stride) = isBetter ? (_step, 2 * _stride) : (_step + 1, 1);
        }

        _candidate = null;
    }

    /// <summary>Finds the next deviation that is one: a jump where some are left, a step otherwise; after a round of steps begins another,
    /// or rests.</summary>
    private void FindCandidate(ClientView view)
    {
        var (current, action) = (_current!.Value, _current.Value.In(view));
        for (; _jump < ExperienceMoves.Jumps; _jump++)
        {
            if (Differs(ExperienceMoves.Jump(_jump, current, options, view.Assignment)))
            {
                return;
            }
        }

        while (_rest == 0)
        {
            for (; _step < ExperienceMoves.Steps; (_step, _stride) = (_step + 1, 1))
            {
                if (Differs(ExperienceMoves.Step(_step, current, _level, _stride, options, view.Assignment)))
                {
                    return;
                }
            }

            EndRound();
        }

        bool Differs(Behavior candidate)
        {
            _candidate = candidate.In(view) == action ? null : candidate;
            return _candidate is not null;
        }
    }

    private void EndRound()
    {
        (_step, _stride) = (0, 1);
        if (_improvedInRound)
        {
            _improvedInRound = false;
        }
        else if (_level < options.Halvings)
        {
            _level++;
        }
        else
        {
            // From the beginning: with rest after rest, each twice as long, where nothing pays any more.
            _nextRest = _improvedInSearch ? options.Rest : _nextRest;
            (_rest, _nextRest) = (_nextRest, Math.Min(2 * _nextRest, options.MaxRest));
            (_jump, _level, _improvedInSearch) = (0, 0, false);
        }
    }

    public void Save(IBufferWriter<byte> writer) => LearnerMemory.Save(writer, binary =>
    {
        binary.Write(_lastEpisode);
        binary.WriteOptional(_current);
        binary.WriteOptional(_candidate);
        binary.Write(_jump);
        binary.Write(_step);
        binary.Write(_level);
        binary.Write(_stride);
        binary.Write(_improvedInRound);
        binary.Write(_improvedInSearch);
        binary.Write(_rest);
        binary.Write(_nextRest);
        binary.Write(_half is not null);
        binary.Write(_half?.Payoff ?? 0);
        binary.Write(_half?.IsCandidate ?? false);
        _comparison.Write(binary);
    });

    public void Load(ReadOnlySpan<byte> memory) => LearnerMemory.Load(memory, binary =>
    {
        _lastEpisode = binary.ReadInt32();
        _current = binary.ReadOptionalBehavior();
        _candidate = binary.ReadOptionalBehavior();
        _jump = binary.ReadInt32();
        _step = binary.ReadInt32();
        _level = binary.ReadInt32();
        _stride = binary.ReadDouble();
        _improvedInRound = binary.ReadBoolean();
        _improvedInSearch = binary.ReadBoolean();
        _rest = binary.ReadInt32();
        _nextRest = binary.ReadInt32();
        bool isHalf = binary.ReadBoolean();
        (double, bool) half = (binary.ReadDouble(), binary.ReadBoolean());
        _half = isHalf ? half : null;
        _comparison.Read(binary);
    });
}
