using System.Buffers;
using System.ComponentModel;

namespace FLCrowd.Sample.Plugin;

internal sealed class WinStayLoseShiftOptions
{
    [Description("The payoff per episode, in money, that the client is content with.")]
    public double Aspiration { get; set; }
}

internal sealed class WinStayLoseShift(WinStayLoseShiftOptions options) : IClientStrategy, IStrategyMemory
{
    private bool _shirks;

    public ClientAction Choose(ClientView view) =>
        _shirks ? view.Assignment.AsAction with { Effort = 0 } : view.Assignment.AsAction;

    public void Observe(EpisodeOutcome outcome) => _shirks ^= outcome.Payoff < options.Aspiration;

    public void Save(IBufferWriter<byte> writer)
    {
        writer.GetSpan(1)[0] = _shirks ? (byte)1 : (byte)0;
        writer.Advance(1);
    }

    public void Load(ReadOnlySpan<byte> memory) => _shirks = memory[0] != 0;
}
