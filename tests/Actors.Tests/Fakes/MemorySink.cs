using System.Globalization;
using FLCrowd.Actors.Recording;

namespace FLCrowd.Actors.Tests.Fakes;

/// <summary>Keeps recorded episodes.</summary>
internal sealed class MemorySink : IEpisodeSink
{
    public List<RecordedEpisode> Episodes { get; } = [];

    public int Disposals { get; private set; }

    /// <summary>Called before an episode is kept; may throw.</summary>
    public Action<RecordedEpisode>? Writing { get; init; }

    /// <summary>All that was recorded, to the last bit.</summary>
    public string Text => string.Join('\n', Episodes.SelectMany(Lines));

    public void Write(RecordedEpisode episode)
    {
        Writing?.Invoke(episode);
        Episodes.Add(episode with { Clients = [.. episode.Clients] });
    }

    public void Dispose() => Disposals++;

    private static IEnumerable<string> Lines(RecordedEpisode episode) => [
        $"episode {episode.Number}: {Bits(episode.Result.TotalReward)} {Bits(episode.Result.ServerPayoff)} "
            + $"{Bits(episode.Result.PaidLoss!.Value)}",
        .. episode.Result.Rounds.Select(round =>
            $"  round {round.Round}: {Bits(round.Evaluation.TrainingLoss)} {Bits(round.Evaluation.TestLoss)}"),
        .. (episode.Result.Classes ?? []).Select(tested => $"  {tested}"),
        .. episode.Clients.Select(client => $"  {client}")];

    private static string Bits(double value) =>
        $"{BitConverter.DoubleToUInt64Bits(value):x16} ({value.ToString("R", CultureInfo.InvariantCulture)})";
}
