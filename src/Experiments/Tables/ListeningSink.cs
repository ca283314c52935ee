using FLCrowd.Actors.Recording;

namespace FLCrowd.Experiments.Tables;

/// <summary>Hears of episodes on their way into the tables, which stay open: several plans may write to them.</summary>
/// <param name="tables">Where they go, first.</param>
/// <param name="hear">Told of each, with clients that can be gone through again.</param>
internal sealed class ListeningSink(IEpisodeSink tables, Action<RecordedEpisode> hear) : IEpisodeSink
{
    public void Write(RecordedEpisode episode)
    {
        var whole = episode with { Clients = episode.Clients.ToList() };
        tables.Write(whole);
        hear(whole);
    }

    public void Dispose()
    {
    }
}
