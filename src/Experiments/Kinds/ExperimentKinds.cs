using FLCrowd.Actors.Tables;
using FLCrowd.Experiments.Configuration;

namespace FLCrowd.Experiments.Kinds;

/// <summary>The kinds of experiments that there are.</summary>
public sealed class ExperimentKinds
{
    /// <exception cref="ArgumentException">Two have one name.</exception>
    public ExperimentKinds(params IEnumerable<IExperimentKind> kinds)
    {
        All = [.. kinds];
        var twice = All.GroupBy(kind => kind.Name).FirstOrDefault(same => same.Skip(1).Any());
        if (twice is not null)
        {
            throw new ArgumentException($"two kinds of experiments are called '{twice.Key}'", nameof(kinds));
        }
    }

    /// <summary>The kinds, in the order in which they are shown.</summary>
    public IReadOnlyList<IExperimentKind> All { get; }

    /// <summary>All tables that runs of any kind write.</summary>
    public IReadOnlyList<TableSchema> Tables => [.. WrittenTables.OfEveryRun.Concat(All.SelectMany(kind => kind.Tables)).Distinct()];

    /// <summary>The columns that say what a game is a play of, by the kinds that have any.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Column>> PlayColumns =>
        All.Where(kind => kind.PlayColumns.Count > 0).ToDictionary(kind => kind.Name, kind => kind.PlayColumns);

    /// <summary>Their keys of <c>experiment</c> that hocon/reference.conf does not have.</summary>
    public IEnumerable<string> Defaults => All.Select(kind => kind.Defaults).Where(defaults => defaults.Length > 0);

    /// <summary>The kind of a section <c>experiment</c>.</summary>
    /// <exception cref="SettingException">There is none of that name; lists them.</exception>
    public IExperimentKind Of(Section section) => section.OneOf("kind", All, kind => kind.Name);

    /// <summary>The kind of that name; null: there is none.</summary>
    public IExperimentKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
