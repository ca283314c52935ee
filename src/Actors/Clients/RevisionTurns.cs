using System.Buffers;
using System.Buffers.Binary;

namespace FLCrowd.Actors.Clients;

/// <summary>
/// A strategy that is asked only when its client may revise. In between the client repeats its last action, of which the strategy
/// notices nothing. The action is part of what is remembered: effort, gamma and attendance as 64-bit, D as 32-bit numbers,
/// little endian, before the strategy's own memory.
/// </summary>
/// <param name="strategy">The strategy.</param>
/// <param name="schedule">When it is asked.</param>
/// <param name="episodes">Episodes of the game.</param>
internal sealed class RevisionTurns(IClientStrategy strategy, RevisionSchedule schedule, int episodes) : StrategyWrapper(strategy)
{
    private const int Size = (3 * sizeof(double)) + sizeof(int);

    private ClientAction _last;

    public override ClientAction Choose(ClientView view)
    {
        if (schedule.MayRevise(view.Episode))
        {
            _last = Playing.Choose(InTurn(view));
        }

        return _last;
    }

    public override Task PrepareChoice(ClientView view) =>
        schedule.MayRevise(view.Episode) ? base.PrepareChoice(InTurn(view)) : Task.CompletedTask;

    public override void Observe(EpisodeOutcome outcome)
    {
        if (schedule.MayRevise(outcome.Episode))
        {
            base.Observe(outcome);
        }
    }

    public override void Save(IBufferWriter<byte> writer)
    {
        var bytes = writer.GetSpan(Size);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, _last.Effort);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[sizeof(double)..], _last.Gamma);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[(2 * sizeof(double))..], _last.Attendance);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[(3 * sizeof(double))..], _last.BatchSize);
        writer.Advance(Size);
        base.Save(writer);
    }

    public override void Load(ReadOnlySpan<byte> memory)
    {
        _last = new ClientAction(
            BinaryPrimitives.ReadDoubleLittleEndian(memory),
            BinaryPrimitives.ReadInt32LittleEndian(memory[(3 * sizeof(double))..]),
            BinaryPrimitives.ReadDoubleLittleEndian(memory[sizeof(double)..]))
        {
            Attendance = BinaryPrimitives.ReadDoubleLittleEndian(memory[(2 * sizeof(double))..]),
        };
        base.Load(memory[Size..]);
    }

    /// <summary>The last action is to be remembered, whatever the strategy remembers.</summary>
    public override bool Has<T>() => typeof(T) == typeof(IStrategyMemory) || base.Has<T>();

    private ClientView InTurn(ClientView view) => view with { Repeats = schedule.Repeats(view.Episode, episodes) };
}
