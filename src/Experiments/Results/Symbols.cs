namespace FLCrowd.Experiments.Results;

/// <summary>What symbols stand for, the same wherever they are used.</summary>
internal static class Symbols
{
    public static readonly Term Effort = new(
        "e", "labeling effort: the probability with which a client labels a sample truly, from 0 (not at all) to 1");
    public static readonly Term BatchSize = new("D", "mini-batch size: the samples that a client computes a step with");
    public static readonly Term Asked = new("D'", "the mini-batch size that a client is asked for; D / D' is 1 where it does as asked");
    public static readonly Term Gamma = new(
        "gamma",
        "report coefficient: a client that made w_H of the model w reports w + gamma (w_H - w); 1 is honest, 0 reports nothing");
    public static readonly Term Payoff = new("payoff", "of a client: reward less cost, in money per episode");
    public static readonly Term Losing = new(
        "P(payoff < 0)", "the share of clients and episodes that lost money: where it is above 0, individual rationality fails");
    public static readonly Term Rent = new("rent", "total reward less what the actions really cost, in money per episode");
    public static readonly Term ServerPayoff = new(
        "server payoff", "u_0: what the model is worth to the server less what it pays, in money per episode");
    public static readonly Term Recall = new(
        "recall", "of a class: the share of its test samples that the final model takes for that class");
    public static readonly Term MacroF1 = new(
        "macro-F1", "the mean over classes of F1, the harmonic mean of recall and precision: every class counts alike, however rare it is");
    public static readonly Term Gain = new("gain", "payoff of who deviates less its payoff in the profile, in the same draws, in money");
    public static readonly Term Regret = new("regret", "the gain of a client's best deviation among those tried, or 0, in money");
    public static readonly Term ExactLoss = new(
        "exact loss", "E f(w_T), the expected test loss in closed form for the actions that were played: without noise of batches");
    public static readonly Term ExactPay = new("exact pay", "the expected total reward likewise, in money per episode");

    /// <summary>What stands below a table with such columns.</summary>
    public const string ExactNote =
        "What is exact is the expectation in closed form for the actions that were played; beside it stands what was drawn.";

    public static readonly Term NashConv = new("NashConv", "the sum of the clients' regrets, in money; 0 in an equilibrium");
    public static readonly Term Extrapolated = new(
        "extrapolated sum",
        "the regret of each measured client times the clients of its entry, added up, in money: NashConv if all of an entry had the regret "
        + "of the one that was measured");
    public static readonly Term Epsilon = new(
        "epsilon", "the largest regret of a measured client, in money: nobody measured gains more by a deviation tried");
    public static readonly Term Deal = new(
        "deal", "what a seed settles before anything is played: who holds which data, the first model, and the terms fitted to them");
    public static readonly Term Between = new(
        "between", "the standard deviation of a gain from deal to deal, what is not known of each taken out, in money");
    public static readonly Term Within = new("within", "the standard deviation of a gain from replicate to replicate of a deal, in money");
    public static readonly Term Profile = new("profile", "how many clients play each strategy");
    public static readonly Term Mass = new(
        "mass", "alpha-rank: the share of time that all clients play a strategy, in the long run of mutation and selection");
}
