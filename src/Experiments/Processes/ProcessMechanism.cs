using System.Text.Json;

namespace FLCrowd.Experiments.Processes;

/// <summary>A mechanism that a process plays. The process knows nothing from one question to the next: what it wants to know until it has
/// paid for the episode is kept here, and goes there with every question.</summary>
internal class ProcessMechanism(IProcessSession session) : IIncentiveMechanism
{
    private JsonElement _memory;

    public static IIncentiveMechanism Create(IProcessSession session) =>
        session.Can("reports") ? new ReportingProcessMechanism(session) : new ProcessMechanism(session);

    public IReadOnlyList<Assignment> Announce(MechanismView view)
    {
        _memory = default;
        var answer = Ask("announce", writer => writer.Write("view", view));
        return [.. Wire.List(answer, "assignments", view.Clients.Count).Select(Read)];
    }

    public void Pay(PaymentView view, Span<double> rewards)
    {
        int clients = view.Assignments.Count;
        var answer = Ask("pay", writer =>
        {
            writer.WriteNumber("episode", view.Episode);
            writer.Write("assignments", view.Assignments);
            writer.Write("protocol", view.Protocol);
            writer.WriteNumber("test_loss", view.TestLoss);
            writer.Write(
                "rounds_asked",
                Enumerable.Range(0, clients).Select(client => view.RoundsAsked?.Invoke(client) ?? view.Protocol.Rounds));
            writer.Write(
                "rounds_heard",
                Enumerable.Range(0, clients).Select(client => view.RoundsHeard?.Invoke(client) ?? view.Protocol.Rounds));
        });
        foreach (var (client, reward) in Wire.List(answer, "rewards", clients).Index())
        {
            rewards[client] = Wire.NumberOf(reward, "a reward");
        }
    }

    /// <summary>Asks, and keeps what it wants to know the next time.</summary>
    protected JsonElement Ask(string method, Action<Utf8JsonWriter> members, Func<string, JsonElement, byte[]>? helper = null)
    {
        var answer = Wire.Wait(session.AskAsync(
            method,
            writer =>
            {
                members(writer);
                if (_memory.ValueKind != JsonValueKind.Undefined)
                {
                    writer.Write("memory", _memory);
                }
            },
            helper));
        _memory = Wire.Member(answer, "memory");
        return answer;
    }

    private static Assignment Read(JsonElement assignment)
    {
        var terms = Wire.Member(assignment, "terms");
        var announced = Wire.Member(terms, "announced") is { ValueKind: JsonValueKind.Object } numbers
            ? numbers.EnumerateObject().ToDictionary(number => number.Name, number => Wire.NumberOf(number.Value, number.Name))
            : [];
        return new Assignment(
            Wire.Number(assignment, "effort"),
            Wire.Whole(assignment, "batch_size"),
            Wire.Number(assignment, "gamma"),
            new RewardTerms(Wire.Number(terms, "fixed"), Wire.Number(terms, "loss_slope"), announced));
    }
}

/// <summary>One that looks at rounds. It may ask back what the server's test data say of models, and what other reports would
/// make.</summary>
internal sealed class ReportingProcessMechanism(IProcessSession session) : ProcessMechanism(session), IReportMechanism
{
    private readonly IProcessSession _session = session;

    private (TrainingProtocol Protocol, HashSet<int>? Rounds)? _observed;

    public bool NeedsGradient => _session.Can("gradient");

    public bool Observes(int round, TrainingProtocol protocol)
    {
        if (_observed is not { } known || known.Protocol != protocol)
        {
            var answer = Wire.Wait(_session.AskAsync("rounds", writer => writer.Write("protocol", protocol)));
            var list = Wire.Member(answer, "rounds");
            _observed = known = (protocol, list.ValueKind == JsonValueKind.Array
                ? [.. list.EnumerateArray().Select(number => Wire.WholeOf(number, "a round"))]
                : null);
        }

        return known.Rounds?.Contains(round) ?? true;
    }

    public void Observe(RoundView view) => Ask(
        "observe",
        writer =>
        {
            writer.WriteNumber("episode", view.Episode);
            writer.WriteNumber("round", view.Round);
            writer.Write("seed", view.Seed);
            writer.Write("protocol", view.Protocol);
            writer.WriteModel("global", view.Global.Span);
            writer.WriteModel("next", view.Next.Span);
            writer.Write("reports", view.Reports);
        },
        (method, parameters) => Help(view, method, parameters));

    private static byte[] Help(RoundView view, string method, JsonElement parameters)
    {
        int length = view.Global.Length;
        switch (method)
        {
            case "loss":
                double loss = view.Validation.Loss(Wire.Model(parameters, "model", length));
                return double.IsFinite(loss)
                    ? Wire.Bytes(writer => writer.WriteNumberValue(loss))
                    : throw new InvalidActionException("the loss of that model is not finite");
            case "gradient":
                var gradient = new float[length];
                view.Validation.Gradient(Wire.Model(parameters, "model", length), gradient);
                return Wire.Object(writer => writer.WriteModel("model", gradient));
            case "aggregate":
                var clients = Wire.Member(parameters, "clients") is { ValueKind: JsonValueKind.Array } list
                    ? list.EnumerateArray().Select(client => Wire.WholeOf(client, "a client")).ToHashSet()
                    : [];
                var next = new float[length];
                view.Aggregate([.. view.Reports.Where(report => clients.Contains(report.Client))], next);
                return Wire.Object(writer => writer.WriteModel("model", next));
            default:
                throw new InvalidActionException($"there is no method '{method}'; ask for loss, gradient or aggregate");
        }
    }
}
