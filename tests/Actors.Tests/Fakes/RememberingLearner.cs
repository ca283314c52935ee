using System.Buffers;

namespace FLCrowd.Actors.Tests.Fakes;

/// <summary>Plays what all its payoffs so far say, to the last bit: a client that forgot one would show.</summary>
internal sealed class RememberingLearner() : FakeStrategy(FakeStrategy.Truthful), IStrategyMemory
{
    private int _observed;
    private double _payoffs;

    public override ClientAction Choose(ClientView view) =>
        view.Assignment.AsAction with { BatchSize = 1 + (_observed % 3), Gamma = 1 + (0.1 * Math.Sin(_payoffs)) };

    public void Observe(EpisodeOutcome outcome)
    {
        _observed++;
        _payoffs += outcome.Payoff + outcome.TestLoss;
    }

    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(BitConverter.GetBytes(_observed));
        writer.Write(BitConverter.GetBytes(_payoffs));
    }

    public void Load(ReadOnlySpan<byte> memory)
    {
        _observed = BitConverter.ToInt32(memory);
        _payoffs = BitConverter.ToDouble(memory[sizeof(int)..]);
    }
}
