using FLCrowd.Actors.Recording;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Sweeps;

/// <summary>Reads a run's CSV tables, row by row, into a summary.</summary>
public static class RunTables
{
    private const char Separator = '\u001f';

    /// <exception cref="SettingException">A table is missing, or is not what a run writes.</exception>
    public static RunSummary Read(string directory, IReadOnlyList<string> swept)
    {
        var episodes = new Dictionary<int, (string Cell, int Game)>();
        var expected = ExpectedTable.ByEpisode(directory);
        var outcomes = new GroupedMeans<string>(9);
        foreach (var row in CsvRows.Of(directory, EpisodeTable.Schema))
        {
            var cell = string.Join(Separator, swept.Select(column => row.Text(column)));
            int game = row[EpisodeTable.Game];
            int episode = row[EpisodeTable.Episode];
            episodes[episode] = (cell, game);
            var (loss, reward) = expected.GetValueOrDefault(episode, (double.NaN, double.NaN));
            outcomes.Add(
                cell, game, row[EpisodeTable.TrainingLoss], row[EpisodeTable.TestLoss], row[EpisodeTable.Accuracy],
                row[EpisodeTable.TotalReward], row[EpisodeTable.Rent], row[EpisodeTable.ServerPayoff],
                row.Wanted(EpisodeTable.MacroF1), loss, reward);
        }

        var curves = new GroupedMeans<(string Cell, int Round)>(3);
        foreach (var row in CsvRows.Of(directory, RoundTable.Schema))
        {
            if (episodes.TryGetValue(row[RoundTable.Episode], out var episode))
            {
                curves.Add(
                    (episode.Cell, row[RoundTable.Round]), episode.Game, row[RoundTable.TrainingLoss], row[RoundTable.TestLoss],
                    row[RoundTable.Accuracy]);
            }
        }

        var efforts = new GroupedMeans<string>(1);
        var (strategies, clients) = ReadClients(directory, episodes, efforts);
        var points = curves.Groups.ToLookup(group => group.Cell);
        var played = strategies.Groups.ToLookup(group => group.Cell);
        var classes = ClassMeans.Read(directory, episodes);
        return new RunSummary(swept, [.. outcomes.Groups.Select(cell =>
        {
            var mean = outcomes.Result(cell);
            return new CellSummary(
                swept.Count == 0 ? [] : cell.Split(Separator),
                outcomes.Games(cell),
                mean[0], mean[1], mean[2], mean[3], mean[4], mean[5],
                [.. played[cell].Select(group => Strategy(group, strategies, clients))],
                [.. points[cell].OrderBy(point => point.Round).Select(point => Point(point, curves))])
            {
                MacroF1 = double.IsNaN(mean[6].Mean) ? null : mean[6],
                ExpectedLoss = double.IsNaN(mean[7].Mean) ? null : mean[7],
                ExpectedReward = double.IsNaN(mean[8].Mean) ? null : mean[8],
                Classes = [.. classes[cell].OrderBy(known => known.Class)],
                Effort = played[cell].Any() ? efforts.Result(cell)[0] : new Moments(0, double.NaN, double.NaN),
            };
        })]);
    }

    /// <summary>Whether an episode is in the tables, if there are any.</summary>
    public static bool HasEpisodes(string directory) =>
        Path.Combine(directory, EpisodeTable.Schema.File) is var table && File.Exists(table) && File.ReadLines(table).Skip(1).Any();

    private static (
        GroupedMeans<(string Cell, string Strategy)> Means,
        Dictionary<(string Cell, string Strategy), (long Rows, HashSet<int> Episodes)> Clients)
        ReadClients(string directory, Dictionary<int, (string Cell, int Game)> episodes, GroupedMeans<string> efforts)
    {
        var means = new GroupedMeans<(string Cell, string Strategy)>(7);
        var clients = new Dictionary<(string Cell, string Strategy), (long Rows, HashSet<int> Episodes)>();
        foreach (var row in CsvRows.Of(directory, ClientTable.Schema))
        {
            int episode = row[ClientTable.Episode];
            if (!episodes.TryGetValue(episode, out var played))
            {
                continue;
            }

            var group = (played.Cell, row[ClientTable.Strategy]);
            double reward = row[ClientTable.Reward], cost = row[ClientTable.Cost];
            efforts.Add(played.Cell, played.Game, row[ClientTable.Effort]);
            means.Add(
                group, played.Game, row[ClientTable.Effort], row.Or(ClientTable.BatchSize), row[ClientTable.Gamma], reward, cost,
                row[ClientTable.Payoff], Payoff.IsLoss(reward, cost) ? 1 : 0);
            var (rows, seen) = clients.GetValueOrDefault(group, (0, []));
            seen.Add(episode);
            clients[group] = (rows + 1, seen);
        }

        return (means, clients);
    }

    private static StrategySummary Strategy(
        (string Cell, string Strategy) group,
        GroupedMeans<(string Cell, string Strategy)> means,
        Dictionary<(string Cell, string Strategy), (long Rows, HashSet<int> Episodes)> clients)
    {
        var mean = means.Result(group);
        var (rows, episodes) = clients[group];
        return new StrategySummary(
            group.Strategy, (double)rows / episodes.Count, mean[0], mean[1], mean[2], mean[3], mean[4], mean[5], mean[6]);
    }

    private static CurvePoint Point((string Cell, int Round) group, GroupedMeans<(string Cell, int Round)> curves)
    {
        var mean = curves.Result(group);
        return new CurvePoint(group.Round, mean[0], mean[1], mean[2]);
    }
}
