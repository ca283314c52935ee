using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Strategies.Mechanisms;

internal sealed class LeaveOneOutOptions : ContributionOptions
{
    [Range(1, int.MaxValue)]
    [Description("The most replays of an episode's training that may be needed; one is for every client.")]
    public int MaxReplays { get; set; } = 20;
}

/// <summary>
/// Pays for the test loss that training without the client would have ended with, minus the one that it ended with. Leaving one out is
/// the baseline that data valuation starts from (Ghorbani and Zou 2019, Data Shapley, section 2); here the whole training is repeated for
/// every client, so that what a client does to later rounds counts. N replays of an episode.
/// </summary>
internal sealed class LeaveOneOut(LeaveOneOutOptions options) : IReplayMechanism
{
    public const string Name = "leave-one-out";

    private readonly Contributions _contributions = new(Name, options);

    public IReadOnlyList<int> LeftOut { get; private set; } = [];

    public IReadOnlyList<Assignment> Announce(MechanismView view)
    {
        if (view.Clients.Count > options.MaxReplays)
        {
            throw new SettingException(
                $"game.{Name}.max-replays",
                $"is {options.MaxReplays}, but the training of every episode is to be replayed {view.Clients.Count} times, "
                + "once without each client");
        }

        LeftOut = [.. view.Clients.Select(client => client.Client)];
        return _contributions.Announce(view);
    }

    public void Pay(PaymentView view, Span<double> rewards)
    {
        foreach (var (client, loss) in view.LossWithout)
        {
            _contributions.Add(client, loss - view.TestLoss);
        }

        _contributions.Pay(view, rewards);
    }
}
