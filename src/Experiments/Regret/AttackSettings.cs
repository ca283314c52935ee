using FLCrowd.Analysis.Regret;
using FLCrowd.Experiments.Configuration;

namespace FLCrowd.Experiments.Regret;

/// <summary>The section <c>experiment.regret.search</c>.</summary>
internal static class AttackSettings
{
    /// <returns>null: no search.</returns>
    /// <exception cref="SettingException">A setting is out of its range.</exception>
    public static AttackDesign? Read(Section section, int replicates)
    {
        var search = new AttackDesign(
            section.Whole("pieces", 1, 100),
            section.Whole("generations", 0),
            section.Whole("population", 8),
            section.Whole("draws", 2),
            section.Whole("replicates", 4));
        section.Done();
        return search.Generations == 0 ? null
            : search.Draws <= replicates ? search
            : throw section.Wrong("draws", $"at most regret.replicates, {replicates}: the plays of the profile that it is compared with");
    }
}
