using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Recording;

/// <summary>Where recorded episodes go.</summary>
public interface IEpisodeSink : IDisposable
{
    /// <summary>Writes one episode; called in the order of the run.</summary>
    void Write(RecordedEpisode episode);
}

/// <summary>An episode, complete.</summary>
/// <param name="Game">The game it belongs to.</param>
/// <param name="Number">Its number within the run.</param>
/// <param name="Result">The episode as the server saw it.</param>
/// <param name="Clients">What the clients did, in client order.</param>
public sealed record RecordedEpisode(GameDefinition Game, int Number, EpisodeResult Result, IEnumerable<ClientOutcome> Clients)
{
    /// <summary>What the clients got beyond what their actions really cost, in money: what hidden action costs the server.</summary>
    public double Rent => Clients.Sum(client => client.Reward - client.Cost);
}

/// <summary>Keeps nothing: for benchmarks and tests.</summary>
internal sealed class NullSink : IEpisodeSink
{
    public void Write(RecordedEpisode episode)
    {
    }

    public void Dispose()
    {
    }
}
