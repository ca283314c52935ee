using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Server;

/// <summary>
/// Finds the loss f that an episode's pay is based on. Of what the clients do it learns sums over cohorts, by which the announced
/// surrogate changes: one more number that depends on hidden actions, as the test loss is one.
/// </summary>
/// <param name="game">What the game is played with.</param>
/// <param name="terms">What was announced for the episode.</param>
internal sealed class PaidLoss(GameContext game, EpisodeTerms terms)
{
    private readonly GameRules _rules = game.Rules;
    private readonly double _announced =
        game.Rules.PayoffBasis == PayoffBasis.Bound ? SurrogateTerms.CommonTruthfulLoss(terms.Assignments)!.Value : 0;

    private double _changes;
    private double _tested;

    /// <summary>Why pay cannot be based on what is announced; null where it can.</summary>
    public static string? Problem(GameRules rules, EpisodeTerms terms)
    {
        try
        {
            rules.PayoffBasis.CheckAnnounced(rules.Mechanism, terms.Assignments);
            return null;
        }
        catch (SettingException e)
        {
            return e.Message;
        }
    }

    /// <summary>Takes what a cohort's clients change; called in cohort order.</summary>
    public void Add(CohortReady cohort) => _changes += cohort.SurrogateChange;

    /// <summary>The test sample on which the model after a round is tested besides; null where no pay is based on it.</summary>
    public int? SampleOf(int round) => _rules.PayoffBasis == PayoffBasis.Sample && round == _rules.Protocol.Rounds
        ? _rules.Draws.For("test-sample", terms.Episode).Index(((ISampleLoss)game.Model).TestSampleCount, 0)
        : null;

    /// <summary>Whether the model after a round is tested for what training adds to its test loss, too.</summary>
    public bool AddsPenalty(int round) => _rules.PayoffBasis == PayoffBasis.Objective && round == _rules.Protocol.Rounds;

    /// <summary>Takes the loss that a test was asked for besides; null where it was not.</summary>
    public void Accept(double? loss) => _tested = loss ?? _tested;

    /// <summary>f, once the final model is tested.</summary>
    public double Of(Evaluation final) => _rules.PayoffBasis switch
    {
        PayoffBasis.Bound => _announced + _changes,
        PayoffBasis.Sample or PayoffBasis.Objective => _tested,
        _ => final.TestLoss,
    };
}
