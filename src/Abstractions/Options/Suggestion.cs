namespace FLCrowd;

/// <summary>Finds what a misspelt name was meant to be.</summary>
public static class Suggestion
{
    /// <summary>The known name nearest to a given one, or null where none is near.</summary>
    /// <remarks>
    /// Near is a third of the given name's letters inserted, deleted, replaced or swapped with a neighbour, at least two; or a
    /// known name that starts with the given one. Capitals do not count. The first of equally near names wins.
    /// </remarks>
    /// <param name="name">What was given.</param>
    /// <param name="known">What is allowed.</param>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        var (best, bestDistance) = ((string?)null, Math.Max(2, name.Length / 3) + 1);
        string? longer = null;
        foreach (var candidate in known)
        {
            // A candidate that shares no letter at its place is another word, however short.
            int distance = Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance < Math.Min(bestDistance, Math.Max(name.Length, candidate.Length)))
            {
                (best, bestDistance) = (candidate, distance);
            }

            longer ??= name.Length > 1 && candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase) ? candidate : null;
        }

        return best ?? longer;
    }

    /// <summary><c> (did you mean 'x'?)</c>, or nothing where no name is near.</summary>
    internal static string Phrase(string name, IEnumerable<string> known) =>
        Nearest(name, known) is { } nearest ? $" (did you mean '{nearest}'?)" : "";

    /// <summary>The optimal string alignment distance, by rows.</summary>
    private static int Distance(string a, string b)
    {
        var (beforeLast, last) = (new int[b.Length + 1], Enumerable.Range(0, b.Length + 1).ToArray());
        for (int i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, 1 + Math.Min(last[j], row[j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], 1 + beforeLast[j - 2]);
                }
            }

            (beforeLast, last) = (last, row);
        }

        return last[b.Length];
    }
}
