using System.Globalization;
using FLCrowd.Host.Reports;

namespace FLCrowd.Host.Regret;

/// <summary>What a regret experiment found, from the tables of its run.</summary>
/// <param name="Gains">Every deviation.</param>
/// <param name="Regrets">Per client that deviated.</param>
/// <param name="Payoffs">Per client that deviated, its payoff in the profile, by replicate.</param>
/// <param name="Costs">Per client that deviated, its mean cost in the profile.</param>
internal sealed record RegretReport(
    IReadOnlyList<DeviationGain> Gains,
    IReadOnlyList<ClientRegret> Regrets,
    IReadOnlyDictionary<int, double[]> Payoffs,
    IReadOnlyDictionary<int, double> Costs)
{
    public const string File = "regret.csv";

    /// <summary>The sum of the measured clients' regrets: NashConv, where all clients were measured.</summary>
    public double NashConv => Regrets.Sum(client => client.Regret);

    /// <exception cref="SettingException">A table is missing, or is not what a run writes.</exception>
    public static RegretReport Read(string directory, double confidence, Seed seed)
    {
        var deviations = new Dictionary<int, Deviation?>();
        foreach (var row in RunTables.Rows(directory, "episodes.csv"))
        {
            deviations[row.Whole("episode")] = Deviation.Parse([.. Deviation.Columns.Select(row.Text)]);
        }

        // Episodes come in the order of the run: replicate by replicate, the profile first.
        var deviators = deviations.Values.OfType<Deviation>().Select(deviation => deviation.Client).Distinct().ToHashSet();
        var payoffs = deviators.ToDictionary(client => client, _ => new List<double>());
        var costs = deviators.ToDictionary(client => client, _ => new List<double>());
        var played = new Dictionary<Deviation, List<double>>();
        foreach (var row in RunTables.Rows(directory, "clients.csv"))
        {
            int client = row.Whole("client");
            var deviation = deviations[row.Whole("episode")];
            if (deviation is null && deviators.Contains(client))
            {
                payoffs[client].Add(row.Number("payoff"));
                costs[client].Add(row.Number("cost"));
            }
            else if (deviation is { } own && own.Client == client)
            {
                (played.TryGetValue(own, out var values) ? values : played[own] = []).Add(row.Number("payoff"));
            }
        }

        // An interrupted run may have more replicates of the profile than of some deviation.
        int replicates = played.Count == 0 ? 0 : Math.Min(played.Values.Min(values => values.Count), payoffs.Values.Min(values => values.Count));
        IReadOnlyList<DeviationGain> gains = replicates < 2
            ? []
            : DeviationGains.Of(
                [.. played.Select(entry => (entry.Key, (double[])[.. entry.Value.Take(replicates).Zip(payoffs[entry.Key.Client], (with, without) => with - without)]))],
                confidence,
                seed);
        return new RegretReport(
            gains,
            DeviationGains.Regrets(gains),
            payoffs.ToDictionary(entry => entry.Key, entry => entry.Value.ToArray()),
            costs.ToDictionary(entry => entry.Key, entry => entry.Value.Count == 0 ? double.NaN : entry.Value.Average()));
    }

    /// <summary>How to read the table.</summary>
    public string Explanation => string.Create(
        CultureInfo.InvariantCulture,
        $"Gains are paired: {Payoffs.Values.Select(payoffs => payoffs.Length).DefaultIfEmpty().Max()} replicates with the same data, terms and draws. The intervals hold "
        + $"for all {Gains.Count} deviations at once. NashConv of the measured clients: {NashConv:0.00}. All deviations are in {File}.");

    /// <summary>Writes every deviation to <see cref="File"/>.</summary>
    public void WriteCsv(string directory)
    {
        using var writer = new StreamWriter(Path.Combine(directory, File)) { NewLine = "\n" };
        writer.WriteLine("client,effort,batch_factor,gamma,gain,standard_error,low,high");
        foreach (var gain in Gains)
        {
            writer.WriteLine(string.Join(',', ((double[])[
                gain.Deviation.Client, gain.Deviation.Effort, gain.Deviation.BatchFactor, gain.Deviation.Gamma, gain.Mean, gain.StandardError, gain.Low, gain.High,
            ]).Select(value => value.ToString(CultureInfo.InvariantCulture))));
        }
    }

    /// <summary>Every deviation; intervals hold for all rows at once.</summary>
    public SummaryTable Deviations() => new(
        "All deviations",
        1,
        ["client", "effort", "D/D'", "gamma", "gain", "at least", "at most"],
        [.. Gains.Select(gain => (IReadOnlyList<string>)[
            Numbers.Count(gain.Deviation.Client),
            gain.Deviation.Effort.ToString(CultureInfo.InvariantCulture),
            gain.Deviation.BatchFactor.ToString(CultureInfo.InvariantCulture),
            gain.Deviation.Gamma.ToString(CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"{gain.Mean:0.00} ± {gain.StandardError:0.00}"),
            Numbers.Money(gain.Low),
            Numbers.Money(gain.High),
        ])]);

    /// <summary>What each client that deviated could gain at most.</summary>
    public SummaryTable Table() => new(
        "Regret of the profile, within the grid of deviations",
        1,
        ["client", "payoff", "P(payoff < 0)", "cost", "best e, D/D', gamma", "gain", "regret", "at least", "at most"],
        [.. Regrets.Select(client =>
        {
            var best = client.Best.Deviation;
            var payoffs = Payoffs[best.Client];
            return (IReadOnlyList<string>)[
                Numbers.Count(best.Client),
                Numbers.Text(Moments.Of(payoffs), "0.00"),
                payoffs.Average(payoff => payoff < 0 ? 1.0 : 0).ToString("0.00", CultureInfo.InvariantCulture),
                Numbers.Money(Costs[best.Client]),
                string.Create(CultureInfo.InvariantCulture, $"{best.Effort}, {best.BatchFactor}, {best.Gamma}"),
                string.Create(CultureInfo.InvariantCulture, $"{client.Best.Mean:0.00} ± {client.Best.StandardError:0.00}"),
                Numbers.Money(client.Regret),
                Numbers.Money(client.Low),
                Numbers.Money(client.High),
            ];
        })]);
}
