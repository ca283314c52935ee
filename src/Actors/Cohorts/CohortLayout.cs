namespace FLCrowd.Actors.Cohorts;

/// <summary>Which clients form a cohort: consecutive ones, by the configuration alone, never by the number of nodes.</summary>
internal readonly record struct CohortLayout(int Clients, int CohortSize)
{
    public int Cohorts => (Clients + CohortSize - 1) / CohortSize;

    public int FirstOf(int cohort) => cohort * CohortSize;

    public int SizeOf(int cohort) => Math.Min(CohortSize, Clients - FirstOf(cohort));
}
