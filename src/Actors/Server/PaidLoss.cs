using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Server;

/// <summary>
/// Finds the loss f that an episode's pay is based on. Of what the clients do it learns sums over cohorts, by which the announced
/// surrogate changes: one more number that depends on hidden actions, as the test loss is one.
/// </summary>
internal sealed class PaidLoss
{
    private readonly GameRules _rules;
    private readonly int _samples;
    private double _announced;
    private double _changes;
    private double _sampleLoss;

    /// <exception cref="SettingException">The model cannot tell such a loss.</exception>
    public PaidLoss(GameRules rules, ILearningModel model)
    {
        rules.PayoffBasis.CheckModel(rules.Model, model);
        _rules = rules;
        _samples = (model as ISampleLoss)?.TestSampleCount ?? 0;
    }

    /// <summary>Begins an episode with what was announced for it.</summary>
    /// <returns>Why pay cannot be based on it, or null.</returns>
    public string? Begin(IReadOnlyList<Assignment> announced)
    {
        _changes = 0;
        try
        {
            _rules.PayoffBasis.CheckAnnounced(_rules.Mechanism, announced);
        }
        catch (SettingException e)
        {
            return e.Message;
        }

        _announced = _rules.PayoffBasis == PayoffBasis.Bound ? SurrogateTerms.CommonTruthfulLoss(announced)!.Value : 0;
        return null;
    }

    /// <summary>Takes what a cohort's clients change; called in cohort order.</summary>
    public void Add(CohortReady cohort) => _changes += cohort.SurrogateChange;

    /// <summary>The test sample on which the model after a round is tested besides; null where no pay is based on it.</summary>
    public int? SampleOf(int episode, int round) => _rules.PayoffBasis == PayoffBasis.Sample && round == _rules.Protocol.Rounds
        ? _rules.Draws.For("test-sample", episode).Index(_samples, 0)
        : null;

    /// <summary>Takes the loss of that sample; null where a test was not about it.</summary>
    public void AcceptSample(double? loss) => _sampleLoss = loss ?? _sampleLoss;

    /// <summary>f, once the final model is tested.</summary>
    public double Of(Evaluation final) => _rules.PayoffBasis switch
    {
        PayoffBasis.Bound => _announced + _changes,
        PayoffBasis.Sample => _sampleLoss,
        _ => final.TestLoss,
    };
}
