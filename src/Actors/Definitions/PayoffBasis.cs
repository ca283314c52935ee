namespace FLCrowd.Actors.Definitions;

/// <summary>The loss f that an episode's pay is based on (<c>game.payoff-basis</c>).</summary>
public enum PayoffBasis
{
    /// <summary>The final model's mean loss over the test set.</summary>
    Expected,

    /// <summary>The announced loss surrogate at what the clients really do, joint deviations and F* included.</summary>
    Bound,

    /// <summary>The final model's loss on one test sample, drawn for the episode: the paper's f(w_T, xi).</summary>
    Sample,

    /// <summary>The final model's mean loss over the test set and what training adds to it, such as (l2 / 2) |w|^2.</summary>
    Objective,
}

/// <summary>What a basis of pay asks of a game.</summary>
public static class PayoffBasisChecks
{
    private const string Setting = "game.payoff-basis";

    /// <summary>Checks that a model can tell the loss that pay is based on.</summary>
    /// <param name="basis">The basis.</param>
    /// <param name="choice">The model's name, for the message.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="SettingException">It cannot.</exception>
    public static void CheckModel(this PayoffBasis basis, PluginChoice choice, ILearningModel model)
    {
        if (basis == PayoffBasis.Sample && model is not ISampleLoss)
        {
            throw new SettingException(
                Setting, $"is sample, but the model '{choice.Name}' has no loss of single test samples; must be expected, or bound");
        }

        if (basis == PayoffBasis.Objective && model is not IRegularized)
        {
            throw new SettingException(
                Setting,
                $"is objective, but the model '{choice.Name}' does not say what its training adds to the loss of samples; "
                + "must be expected, or bound");
        }
    }

    /// <summary>Checks that a mechanism compares losses of one kind: replays are tested over the whole test set.</summary>
    /// <param name="basis">The basis.</param>
    /// <param name="choice">The mechanism's name, for the message.</param>
    /// <param name="mechanism">The mechanism.</param>
    /// <exception cref="SettingException">It does not.</exception>
    public static void CheckMechanism(this PayoffBasis basis, PluginChoice choice, IIncentiveMechanism mechanism)
    {
        if (basis != PayoffBasis.Expected && mechanism is IReplayMechanism)
        {
            throw new SettingException(
                Setting,
                $"is {basis.ToString().ToLowerInvariant()}, but the mechanism '{choice.Name}' compares with replays, "
                + "which are tested over the whole test set; must be expected");
        }
    }

    /// <summary>Checks that a mechanism announces the loss that pay is based on.</summary>
    /// <param name="basis">The basis.</param>
    /// <param name="choice">The mechanism's name, for the message.</param>
    /// <param name="announced">What it announced, in client order.</param>
    /// <exception cref="SettingException">It does not.</exception>
    public static void CheckAnnounced(this PayoffBasis basis, PluginChoice choice, IReadOnlyList<Assignment> announced)
    {
        if (basis == PayoffBasis.Bound && SurrogateTerms.CommonTruthfulLoss(announced) is null)
        {
            throw new SettingException(
                Setting,
                $"is bound, but the mechanism '{choice.Name}' announces no loss surrogate that is the same for all clients; "
                + "must be expected, or sample, or the mechanism one that does, such as lceme");
        }
    }
}
