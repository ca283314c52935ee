using System.Buffers;
using System.Buffers.Binary;

namespace Acme.Careful;

using FLCrowd;

/// <summary>Tries both ways to work, and keeps to the one that paid more on average; now and then it tries the other one.</summary>
internal sealed class CarefulStrategy(CarefulOptions options) : IClientStrategy, IStrategyMemory
{
    private const int AsAsked = 0;
    private const int WithLittleEffort = 1;

    private readonly double[] _meanPayoffs = new double[2];
    private readonly int[] _episodes = new int[2];

    public ClientAction Choose(ClientView view)
    {
        var asked = view.Assignment.AsAction;
        return NextWay(view.Seed) == AsAsked ? asked : asked with { Effort = options.LittleEffort };
    }

    public void Observe(EpisodeOutcome outcome)
    {
        int way = outcome.Action.Effort == options.LittleEffort ? WithLittleEffort : AsAsked;
        _episodes[way]++;
        _meanPayoffs[way] += (outcome.Payoff - _meanPayoffs[way]) / _episodes[way];
    }

    public void Save(IBufferWriter<byte> writer)
    {
        for (int way = 0; way < 2; way++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(writer.GetSpan(sizeof(int)), _episodes[way]);
            writer.Advance(sizeof(int));
            BinaryPrimitives.WriteDoubleLittleEndian(writer.GetSpan(sizeof(double)), _meanPayoffs[way]);
            writer.Advance(sizeof(double));
        }
    }

    public void Load(ReadOnlySpan<byte> memory)
    {
        for (int way = 0; way < 2; way++)
        {
            var part = memory[(way * (sizeof(int) + sizeof(double)))..];
            _episodes[way] = BinaryPrimitives.ReadInt32LittleEndian(part);
            _meanPayoffs[way] = BinaryPrimitives.ReadDoubleLittleEndian(part[sizeof(int)..]);
        }
    }

    private int NextWay(Seed seed)
    {
        if (_episodes[AsAsked] == 0 || _episodes[WithLittleEffort] == 0)
        {
            return _episodes[AsAsked] == 0 ? AsAsked : WithLittleEffort;
        }

        int better = _meanPayoffs[WithLittleEffort] > _meanPayoffs[AsAsked] ? WithLittleEffort : AsAsked;
        return seed.Uniform(0) < options.Curiosity ? 1 - better : better;
    }
}
