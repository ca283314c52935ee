using System.Globalization;
using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tables;
using FLCrowd.Experiments.Folders;

namespace FLCrowd.Host.Tests.Watching;

/// <summary>A run's folder whose tables a test writes, as a run would.</summary>
internal sealed class GrowingRun
{
    private readonly string _folder;
    private int _episodes;

    public GrowingRun(string folder, int planned = 10, string experiment = "watched")
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Golden", "two-variants", "run.json"), Path.Combine(folder, "run.json"));
        Change(record => record with
        {
            Experiment = experiment,
            Status = RunStatus.Running,
            Games = 1,
            EpisodesPlanned = planned,
            EpisodesRecorded = 0,
            Swept = [],
        });
        Restart();
    }

    /// <summary>Begins the tables anew, as a run does that is gone on with.</summary>
    public void Restart()
    {
        _episodes = 0;
        File.WriteAllText(In(EpisodeTable.Schema.File), Row(EpisodeTable.Schema.Header(RunColumns.None)));
        File.WriteAllText(In(RoundTable.Schema.File), Row(RoundTable.Schema.Header(RunColumns.None)));
        File.WriteAllText(In(ClientTable.Schema.File), Row(ClientTable.Schema.Header(RunColumns.None)));
    }

    /// <summary>Appends an episode; the accuracies are those of its rounds.</summary>
    public void Append(IEnumerable<Deed> clients, params double[] accuracies) => Append(0, clients, accuracies);

    public void Append(int game, IEnumerable<Deed> clients, params double[] accuracies)
    {
        int episode = _episodes++;
        File.AppendAllText(In(EpisodeTable.Schema.File), Row(
            episode, 1, "flat", 0.5, 0.25 + episode, accuracies[^1], 100 + episode, -7, game, 0.25, 3));
        File.AppendAllText(In(RoundTable.Schema.File), string.Concat(accuracies.Select((accuracy, round) =>
            Row(episode, round, 0.5, 2 - accuracy, accuracy))));
        File.AppendAllLines(In(ClientTable.Schema.File), clients.Select((deed, client) => Row(
            episode, client, deed.Strategy, 1, 10, deed.Effort, deed.BatchSize, deed.Gamma, deed.Payoff + 5, 5, deed.Payoff, "", "")
            .TrimEnd('\n')));
    }

    public void Change(Func<RunRecord, RunRecord> change)
    {
        var directory = RunDirectory.Open(_folder);
        directory.Write(change(directory.Read()));
    }

    public string In(string name) => Path.Combine(_folder, name);

    private static string Row(params IEnumerable<object?> fields) =>
        string.Join(',', fields.Select(field => Quoted(Convert.ToString(field, CultureInfo.InvariantCulture) ?? ""))) + "\n";

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\n")
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : text;
}

/// <summary>What a client did, and its payoff; D' is 10.</summary>
internal sealed record Deed(double Effort, int BatchSize = 10, double Gamma = 1, double Payoff = 2, string Strategy = "truthful");
