using System.Buffers;
using System.Text.Json;

namespace FLCrowd.Experiments.Processes;

/// <summary>
/// A client whose strategy is played by a process. The process knows nothing from one question to the next: what the client remembers is
/// kept here, goes there with every question and comes back with every choice. How an episode ended goes there with the next choice.
/// </summary>
internal sealed class ProcessStrategy(IProcessSession session) : IVaryingStrategy, ILabeler, IReporter, IStrategyMemory, IPreparing
{
    private readonly bool _remembers = session.Can("memory");

    private ProcessMemory _memory = ProcessMemory.Empty;
    private (ClientView View, Task<JsonElement> Answer)? _choice;
    private PreparedLabels? _labels;
    private (Seed Seed, int Round, Task<JsonElement> Answer)? _report;

    public bool Has<T>()
        where T : class, IStrategyCapability =>
        typeof(T) == typeof(IStrategyMemory) ? _remembers
            : typeof(T) == typeof(ILabeler) ? session.Can("labeler")
            : typeof(T) == typeof(IReporter) ? session.Can("reporter")
            : this is T;

    public Task PrepareChoice(ClientView view)
    {
        var answer = AskChoice(view);
        _choice = (view, answer);
        return answer;
    }

    public ClientAction Choose(ClientView view)
    {
        var asked = _choice is { } prepared && prepared.View == view ? prepared.Answer : AskChoice(view);
        (_choice, _labels, _report) = (null, null, null);
        var answer = Wire.Wait(asked);
        var action = new ClientAction(
            Wire.Number(answer, "effort"), Wire.Whole(answer, "batch_size"), Wire.Number(answer, "gamma"))
        {
            Attendance = answer.TryGetProperty("attendance", out var attendance) ? Wire.NumberOf(attendance, "attendance") : 1,
        };
        if (_remembers)
        {
            _memory = ProcessMemory.Of(Wire.Member(answer, "memory"));
        }

        return action;
    }

    public Task PrepareLabels(IReadOnlyList<LabelView> views)
    {
        _labels = new PreparedLabels(views, AskLabels(views));
        return _labels.Answer;
    }

    public int Label(in LabelView view)
    {
        if (_labels?.Of(view) is { } label)
        {
            return label;
        }

        // Nobody asked beforehand, or for something else.
        return new PreparedLabels([view], AskLabels([view])).Of(view)!.Value;
    }

    public Task PrepareReport(in ReportView view, ReadOnlySpan<float> report)
    {
        var answer = AskReport(view, report);
        _report = (view.Seed, view.Round, answer);
        return answer;
    }

    public void Report(in ReportView view, Span<float> report)
    {
        var asked = _report is { } prepared && prepared.Seed == view.Seed && prepared.Round == view.Round
            ? prepared.Answer
            : AskReport(view, report);
        _report = null;
        Wire.Model(Wire.Wait(asked), "report", report.Length).CopyTo(report);
    }

    public void Observe(EpisodeOutcome outcome) => (_memory, _choice) = (_memory with { Outcome = outcome }, null);

    public void Save(IBufferWriter<byte> writer) => _memory.Save(writer);

    public void Load(ReadOnlySpan<byte> memory) => (_memory, _choice) = (ProcessMemory.Load(memory), null);

    private Task<JsonElement> AskChoice(ClientView view) => session.AskAsync("choose", writer =>
    {
        writer.Write("view", view);
        if (_remembers)
        {
            _memory.Write(writer);
        }
    });

    private Task<JsonElement> AskLabels(IReadOnlyList<LabelView> views) => session.AskAsync("label", writer =>
    {
        writer.WriteNumber("client", views[0].Client);
        writer.WriteNumber("class_count", views[0].ClassCount);
        writer.Write("seed", views[0].Seed);
        writer.Write("samples", views.Select(view => view.Sample));
        writer.Write("labels", views.Select(view => view.Label));
        WriteMemory(writer);
    });

    private Task<JsonElement> AskReport(in ReportView view, ReadOnlySpan<float> report)
    {
        // Spans do not go into functions.
        var (client, round, rounds, weight, seed) = (view.Client, view.Round, view.Rounds, view.Weight, view.Seed);
        float[] global = view.Global.ToArray(), local = view.Local.ToArray(), honest = report.ToArray(), previous = view.Previous.ToArray();
        return session.AskAsync("report", writer =>
        {
            writer.WriteNumber("client", client);
            writer.WriteNumber("round", round);
            writer.WriteNumber("rounds", rounds);
            writer.WriteNumber("weight", weight);
            writer.Write("seed", seed);
            writer.WriteModel("global", global);
            if (previous.Length > 0)
            {
                writer.WriteModel("previous", previous);
            }

            writer.WriteModel("local", local);
            writer.WriteModel("report", honest);
            WriteMemory(writer);
        });
    }

    private void WriteMemory(Utf8JsonWriter writer)
    {
        if (_remembers)
        {
            _memory.WriteContent(writer);
        }
    }
}
