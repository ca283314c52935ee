namespace FLCrowd.Actors.Definitions;

/// <summary>Which clients form a cohort: consecutive ones, by the configuration alone, never by the number of nodes.</summary>
internal readonly record struct CohortLayout(int Clients, int CohortSize)
{
    public int Cohorts => (int)(((long)Clients + CohortSize - 1) / CohortSize);

    public int FirstOf(int cohort) => cohort * CohortSize;

    public int CohortOf(int client) => client / CohortSize;

    public int SizeOf(int cohort) => Math.Min(CohortSize, Clients - FirstOf(cohort));

    /// <summary>A cohort's part of what there is one of per client.</summary>
    public T[] Slice<T>(IReadOnlyList<T> perClient, int cohort)
    {
        var slice = new T[SizeOf(cohort)];
        for (int member = 0; member < slice.Length; member++)
        {
            slice[member] = perClient[FirstOf(cohort) + member];
        }

        return slice;
    }
}
