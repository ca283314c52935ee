namespace FLCrowd.Actors.Server;

/// <summary>Whether what a mechanism announces can be done, paid and told: found before anybody acts on it.</summary>
public static class AnnouncementCheck
{
    /// <param name="assignments">What it announces.</param>
    /// <param name="profiles">The public facts on every client, in client order.</param>
    /// <param name="when">The episode, for the message; empty before the first one.</param>
    /// <returns>What is wrong, after the mechanism's name; null where nothing is.</returns>
    public static string? Problem(IReadOnlyList<Assignment>? assignments, IReadOnlyList<ClientProfile> profiles, string when = "")
    {
        if (assignments?.Count != profiles.Count)
        {
            return $"made {assignments?.Count ?? 0} assignments for {profiles.Count} clients";
        }

        for (int client = 0; client < profiles.Count; client++)
        {
            if (Impossible(assignments[client], profiles[client].MaxBatchSize) is { } problem)
            {
                return $"assigned client {client} what cannot be done{when}: {problem}";
            }

            if (Unpayable(assignments[client].Terms) is { } amount)
            {
                return FormattableString.Invariant(
                    $"announced client {client} {amount}{when}; must be finite, at most {Magnitude.MostMoney}");
            }
        }

        return null;
    }

    private static string? Impossible(Assignment? assignment, int maxBatchSize)
    {
        if (assignment?.Terms?.Announced is null)
        {
            return "nothing";
        }

        try
        {
            assignment.AsAction.Validated(maxBatchSize);
            return null;
        }
        catch (InvalidActionException e)
        {
            return e.Message;
        }
    }

    /// <summary>A number of the terms that nobody can be paid by, or compute with.</summary>
    private static string? Unpayable(RewardTerms terms)
    {
        if (!Magnitude.IsMoney(terms.Fixed))
        {
            return FormattableString.Invariant($"the pay {terms.Fixed}");
        }

        if (!Magnitude.IsMoney(terms.LossSlope))
        {
            return FormattableString.Invariant($"the pay {terms.LossSlope} per unit of loss");
        }

        return SurrogateTerms.TryRead(terms, out var term, out double truthful)
            && ((string Name, double Value)[])[
                (SurrogateTerms.TruthfulLoss, truthful), (SurrogateTerms.BatchSlope, term.BatchSlope),
                (SurrogateTerms.EffortSlope, term.EffortSlope),
                (SurrogateTerms.ReportCurvature, term.ReportCurvature), (SurrogateTerms.NormConstant, term.NormConstant),
                (SurrogateTerms.NormBatchSlope, term.NormBatchSlope), (SurrogateTerms.NormEffortSlope, term.NormEffortSlope)] is var numbers
            && Array.FindIndex(numbers, number => !Magnitude.IsMoney(number.Value)) is >= 0 and var odd
                ? FormattableString.Invariant($"the {numbers[odd].Name} {numbers[odd].Value}")
                : null;
    }
}
