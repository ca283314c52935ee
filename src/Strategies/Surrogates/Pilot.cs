using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Strategies.Surrogates;

/// <summary>
/// The surrogate <c>pilot</c>: measured, before the game, with cooperative clients. Losses of variations less the loss of the
/// assignment on the same seed, fitted in 1/D, 1 - e and (gamma - 1)^2 by <see cref="PairedFit"/>.
/// </summary>
internal sealed class Pilot(PilotOptions options) : ILossSurrogateSource
{
    public const string Name = "pilot";

    private const double FalseAlarms = 0.05;

    public async Task<LossSurrogate> FitAsync(SurrogateSetup setup, CancellationToken cancel)
    {
        var plan = new PilotPlan(setup, options);
        var losses = await LossesAsync(setup, plan, cancel);
        int clients = setup.Clients.Count;

        // Of one pilot in twenty whose slopes in gamma are all 0, not of one group of clients in twenty, some slope seems to differ from 0.
        double quantile = StudentQuantile.Above(options.Seeds - 1, FalseAlarms / 2 / plan.Groups.Count);
        var (a, b, q) = (new Estimate[clients], new Estimate[clients], new Estimate[clients]);
        var warnings = new List<string>();
        for (int group = 0; group < plan.Groups.Count; group++)
        {
            var members = plan.Groups[group];
            string who = Describe(members);
            var batch = Solve(PilotEffect.Batch, group, amount => [amount])[0];
            var effort = Solve(PilotEffect.Effort, group, amount => [amount])[0];
            Accept(setup.Path, $"a of {who}", batch, warnings);
            Accept(setup.Path, $"b of {who}", effort, warnings);
            var report = Report(group, who);
            foreach (int client in members)
            {
                (a[client], b[client], q[client]) = (batch, effort, report);
            }
        }

        var worth = new Estimate[clients];
        foreach (var absence in plan.Without)
        {
            worth[absence.Client] = Estimate.Of(
                [.. Enumerable.Range(0, options.Seeds).Select(replicate => losses[absence.First + replicate] - losses[replicate])]);
        }

        bool isWorthKnown = plan.Without.Count > 0;
        var truthful = Estimate.Of(losses[..options.Seeds]);
        return new LossSurrogate
        {
            Name = Name,
            Constant = truthful.Value - setup.BatchSizes.Select((size, client) => a[client].Value / size).Sum(),
            MinimalLoss = 0,
            BatchSlope = Compact(a, estimate => estimate.Value),
            EffortSlope = Compact(b, estimate => estimate.Value),
            ReportCurvature = Compact(q, estimate => estimate.Value),
            Errors = new SurrogateErrors(
                Compact(a, estimate => estimate.Error), Compact(b, estimate => estimate.Error), Compact(q, estimate => estimate.Error),
                truthful.Error)
            {
                Worth = isWorthKnown ? Compact(worth, estimate => estimate.Error) : null,
            },
            Worth = isWorthKnown ? Compact(worth, estimate => estimate.Value) : null,
            NotAsked = setup.NotAsked,
            Warnings = warnings,
        }.Validated(clients, setup.Path);

        Estimate[] Solve(PilotEffect effect, int group, Func<double, double[]> row)
        {
            PilotCell[] cells = [.. plan.Cells.Where(cell => cell.Effect == effect && cell.Group == group)];
            if (cells.Length == 0)
            {
                throw new SettingException(
                    $"{setup.Path}.batch-factors",
                    $"leave no batch size to try for {Describe(plan.Groups[group])}: all come to the assigned one");
            }

            var rows = cells.Select(cell => row(cell.Amount)).ToArray();
            var design = new double[cells.Length, rows[0].Length];
            var differences = new double[cells.Length, options.Seeds];
            for (int cell = 0; cell < cells.Length; cell++)
            {
                for (int column = 0; column < rows[cell].Length; column++)
                {
                    design[cell, column] = rows[cell][column];
                }

                for (int replicate = 0; replicate < options.Seeds; replicate++)
                {
                    differences[cell, replicate] = losses[cells[cell].First + replicate] - losses[replicate];
                }
            }

            return PairedFit.Solve(design, differences);
        }

        Estimate Report(int group, string who)
        {
            // The slope at gamma = 1 is fitted beside the curvature, so that it does not bias it where the coefficients tried are lopsided.
            bool both = options.Gammas.Distinct().Count() > 1;
            var fit = Solve(PilotEffect.Gamma, group, amount => both ? [amount * amount, amount] : [amount * amount]);
            if (both && Math.Abs(fit[1].Value) > quantile * fit[1].Error)
            {
                warnings.Add($"for {who} the loss still changes by {Said(fit[1])} per unit of gamma at gamma = 1: the step size is not the "
                    + "best one, and a misreport pays a little");
            }

            if (fit[0].Value < 0)
            {
                warnings.Add($"q of {who} was measured as {Said(fit[0])}, below 0: the surrogate takes 0 and sees no harm in misreports");
            }

            return fit[0] with { Value = Math.Max(0, fit[0].Value) };
        }
    }

    private async Task<double[]> LossesAsync(SurrogateSetup setup, PilotPlan plan, CancellationToken cancel)
    {
        var evaluations = await setup.PlayAsync(plan.Episodes, cancel);
        if (evaluations.Count != plan.Episodes.Count)
        {
            throw new InvalidOperationException($"{plan.Episodes.Count} pilot episodes came back as {evaluations.Count} evaluations");
        }

        double[] losses = [.. evaluations.Select(
            evaluation => options.Loss == PilotLoss.Test ? evaluation.TestLoss : evaluation.TrainingLoss)];
        return Array.TrueForAll(losses, double.IsFinite)
            ? losses
            : throw new SettingException(setup.Path, "a pilot episode diverged: its loss is not finite; use a smaller step size");
    }

    private void Accept(string path, string coefficient, Estimate estimate, List<string> warnings)
    {
        if (!(estimate.Value > 0))
        {
            throw new SettingException(
                path, $"the pilot measured {coefficient} as {Said(estimate)}: no effect to pay by; raise seeds, or use another surrogate");
        }

        if (3 * estimate.Error <= estimate.Value)
        {
            return;
        }

        if (!options.Force)
        {
            double needed = Math.Ceiling(options.Seeds * Math.Pow(3 * estimate.Error / estimate.Value, 2));
            throw new SettingException(
                path,
                $"the pilot measured {coefficient} as {Said(estimate)}, an error of more than a third: about {needed} seeds would do; "
                    + "raise seeds, or take it as it is with force = true");
        }

        warnings.Add($"the pilot measured {coefficient} as {Said(estimate)}, an error of more than a third, and was forced");
    }

    /// <summary>A coefficient, and what its ± is (<see cref="PairedFit"/>).</summary>
    private string Said(Estimate estimate) =>
        $"{estimate.Value:G3} ± {estimate.Error:G2} (one standard error of the fit, by a jackknife over {options.Seeds} seeds)";

    private static string Describe(int[] members) => members.Length switch
    {
        1 => $"client {members[0]}",
        var count when members[^1] - members[0] == count - 1 => $"clients {members[0]}-{members[^1]}",
        var count => $"{count} clients such as {members[0]}",
    };

    private static PerClient Compact(Estimate[] estimates, Func<Estimate, double> value)
    {
        double[] values = [.. estimates.Select(value)];
        return Array.TrueForAll(values, candidate => candidate.Equals(values[0])) ? new PerClient(values[0]) : new PerClient(values);
    }
}
