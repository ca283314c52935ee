using System.Globalization;
using CsvHelper;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Sweeps;

/// <summary>Reads a run's CSV tables, row by row, into a summary.</summary>
internal static class RunTables
{
    private const char Separator = '\u001f';

    /// <summary>What a payoff may differ by from an equal one, as a share of reward and cost.</summary>
    private const double Rounding = 1e-9;

    /// <exception cref="SettingException">A table is missing, or is not what a run writes.</exception>
    public static RunSummary Read(string directory, IReadOnlyList<string> swept)
    {
        var episodes = new Dictionary<int, (string Cell, int Game)>();
        var outcomes = new GroupedMeans<string>(6);
        foreach (var row in Rows(directory, "episodes.csv"))
        {
            var cell = string.Join(Separator, swept.Select(column => row.Text(column)));
            int game = row.Whole("game");
            episodes[row.Whole("episode")] = (cell, game);
            outcomes.Add(
                cell, game, row.Number("training_loss"), row.Number("test_loss"), row.Number("accuracy"), row.Number("total_reward"), row.Number("rent"), row.Number("server_payoff"));
        }

        var curves = new GroupedMeans<(string Cell, int Round)>(3);
        foreach (var row in Rows(directory, "rounds.csv"))
        {
            if (episodes.TryGetValue(row.Whole("episode"), out var episode))
            {
                curves.Add((episode.Cell, row.Whole("round")), episode.Game, row.Number("training_loss"), row.Number("test_loss"), row.Number("accuracy"));
            }
        }

        var efforts = new GroupedMeans<string>(1);
        var (strategies, clients) = ReadClients(directory, episodes, efforts);
        var points = curves.Groups.ToLookup(group => group.Cell);
        var played = strategies.Groups.ToLookup(group => group.Cell);
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
                Effort = played[cell].Any() ? efforts.Result(cell)[0] : new Moments(0, double.NaN, double.NaN),
            };
        })]);
    }

    /// <summary>Whether an episode is in the tables, if there are any.</summary>
    public static bool HasEpisodes(string directory) =>
        Path.Combine(directory, RunFiles.Tables[0]) is var table && File.Exists(table) && File.ReadLines(table).Skip(1).Any();

    private static (GroupedMeans<(string Cell, string Strategy)> Means, Dictionary<(string Cell, string Strategy), (long Rows, HashSet<int> Episodes)> Clients)
        ReadClients(string directory, Dictionary<int, (string Cell, int Game)> episodes, GroupedMeans<string> efforts)
    {
        var means = new GroupedMeans<(string Cell, string Strategy)>(7);
        var clients = new Dictionary<(string Cell, string Strategy), (long Rows, HashSet<int> Episodes)>();
        foreach (var row in Rows(directory, "clients.csv"))
        {
            int episode = row.Whole("episode");
            if (!episodes.TryGetValue(episode, out var played))
            {
                continue;
            }

            var group = (played.Cell, row.Text("strategy"));
            double reward = row.Number("reward"), cost = row.Number("cost");
            efforts.Add(played.Cell, played.Game, row.Number("effort"));
            means.Add(
                group, played.Game, row.Number("effort"), row.Number("batch_size"), row.Number("gamma"), reward, cost, row.Number("payoff"), IsLoss(reward, cost) ? 1 : 0);
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
        return new StrategySummary(group.Strategy, (double)rows / episodes.Count, mean[0], mean[1], mean[2], mean[3], mean[4], mean[5], mean[6]);
    }

    /// <summary>Whether a payoff is below 0. Pay that covers a cost exactly, as LCEME's does by its surrogate, rounds to either side of it.</summary>
    public static bool IsLoss(double reward, double cost) => reward - cost < -Rounding * (Math.Abs(reward) + Math.Abs(cost));

    private static CurvePoint Point((string Cell, int Round) group, GroupedMeans<(string Cell, int Round)> curves)
    {
        var mean = curves.Result(group);
        return new CurvePoint(group.Round, mean[0], mean[1], mean[2]);
    }

    /// <summary>The rows of a table.</summary>
    public static IEnumerable<Row> Rows(string directory, string table)
    {
        var path = Path.Combine(directory, table);
        if (!File.Exists(path))
        {
            throw new SettingException(path, "is missing; a run writes it");
        }

        using var csv = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        if (!csv.Read() || !csv.ReadHeader())
        {
            yield break;
        }

        while (csv.Read())
        {
            yield return new Row(csv, path);
        }
    }

    /// <summary>A row, as long as the next one is not asked for.</summary>
    public readonly record struct Row(CsvReader Csv, string Path)
    {
        public string Text(string column) => Csv.TryGetField(column, out string? text) && text is not null
            ? text
            : throw new SettingException(Path, $"has no column {column}");

        public int Whole(string column) => int.TryParse(Text(column), NumberStyles.Integer, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw Wrong(column, "a whole number");

        public ulong Seed(string column = "seed") => ulong.TryParse(Text(column), NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : throw Wrong(column, "a whole number");

        /// <summary>A number; an empty field is one that does not exist.</summary>
        public double Number(string column) => Text(column) is var text && text.Length == 0
            ? double.NaN
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw Wrong(column, "a number");

        private SettingException Wrong(string column, string expected) =>
            new(Path, $"line {Csv.Parser.Row}: {column} is '{Text(column)}'; must be {expected}");
    }
}
