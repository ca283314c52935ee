namespace FLCrowd.Strategies.Mechanisms;

/// <summary>
/// Pay that is fixed when it is announced, whatever the test says: what mechanisms without incentives have in common. Every
/// client is asked for full effort, the configured batch size and the true local model.
/// </summary>
internal static class FixedPay
{
    private const string AssignmentPath = "game.assignment";

    /// <param name="view">The game.</param>
    /// <param name="mechanism">The mechanism's name, for error messages.</param>
    /// <param name="pay">The pay of a client for its assigned batch size D'.</param>
    /// <exception cref="SettingException">A batch size is not given, or larger than a client can draw.</exception>
    public static IReadOnlyList<Assignment> Announce(MechanismView view, string mechanism, Func<int, double> pay)
    {
        var made = new Dictionary<int, Assignment>();
        return [.. view.Clients.Select(client =>
        {
            int batchSize = AssignedBatchSize(client, mechanism);
            return made.TryGetValue(batchSize, out var same)
                ? same
                : made[batchSize] = new Assignment(Effort: 1, batchSize, Gamma: 1, new RewardTerms(pay(batchSize), lossSlope: 0));
        })];
    }

    /// <param name="view">The episode.</param>
    /// <param name="rewards">Takes the pay.</param>
    /// <param name="byAttendance">Whether a client is paid the share of the rounds in which it was asked that it was heard in.</param>
    public static void Pay(PaymentView view, Span<double> rewards, bool byAttendance)
    {
        for (int i = 0; i < rewards.Length; i++)
        {
            rewards[i] = view.Assignments[i].Terms.Fixed * (byAttendance ? Attended(view, i) : 1);
        }
    }

    private static double Attended(PaymentView view, int client)
    {
        int asked = view.RoundsAsked?.Invoke(client) ?? view.Protocol.Rounds;
        return asked == 0 ? 1 : (double)(view.RoundsHeard?.Invoke(client) ?? asked) / asked;
    }

    /// <summary>The configured batch size D'.</summary>
    /// <exception cref="SettingException">It is not given, or larger than the client can draw.</exception>
    public static int AssignedBatchSize(ClientProfile client, string mechanism)
    {
        if (client.BatchSize is not { } batchSize)
        {
            throw new SettingException(
                AssignmentPath,
                $"is optimal, but the mechanism '{mechanism}' does not find batch sizes; give a number or a list of numbers");
        }

        return batchSize >= 1 && batchSize <= client.MaxBatchSize
            ? batchSize
            : throw new SettingException(
                AssignmentPath,
                $"is {batchSize} for client {client.Client}; must be at least 1 and at most {client.MaxBatchSize}, what it can draw");
    }
}
