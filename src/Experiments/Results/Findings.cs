namespace FLCrowd.Experiments.Results;

/// <summary>What an experiment found, as data: whoever shows it, on a terminal, on a page, as files or to a program, decides how.</summary>
/// <param name="Items">What there is to see, in the order in which it is read.</param>
public sealed record Findings(IReadOnlyList<Finding> Items)
{
    /// <summary>What was asked: the comment that the experiment's file opens with; null where it is not known.</summary>
    public string? Asked { get; init; }

    /// <summary>The symbols that the items use, each once.</summary>
    public IReadOnlyList<Term> Glossary { get; init; } = [];

    /// <summary>What programs get, by name; empty where the tables are all that there is.</summary>
    public IReadOnlyList<FindingDetail> Details { get; init; } = [];

    /// <summary>All tables.</summary>
    public IEnumerable<FindingTable> Tables => Items.OfType<FindingTable>();

    /// <summary>All plots.</summary>
    public IEnumerable<FindingPlot> Plots => Items.OfType<FindingPlot>();
}

/// <summary>One thing to see.</summary>
public abstract record Finding
{
    /// <summary>Where it is shown.</summary>
    public Shown Shown { get; init; } = Shown.Everywhere;
}

/// <summary>Where a finding is shown.</summary>
[Flags]
public enum Shown
{
    /// <summary>A plot that has files, and stands in no text: another one in the report shows the same.</summary>
    InFiles = 0,

    /// <summary>Where a run ends, to the person in front of it.</summary>
    OnTerminal = 1,

    /// <summary>In the report.</summary>
    InReport = 2,

    /// <summary>In both.</summary>
    Everywhere = OnTerminal | InReport,
}

/// <summary>The heading of what follows.</summary>
/// <param name="Title">In words.</param>
public sealed record FindingSection(string Title) : Finding;

/// <summary>A paragraph, such as how to read what stands above it.</summary>
/// <param name="Text">In words.</param>
public sealed record FindingNote(string Text) : Finding
{
    /// <summary>A file that it leads to, beside the report; null: none.</summary>
    public string? Link { get; init; }
}

/// <summary>A symbol, and what it stands for.</summary>
/// <param name="Symbol">As tables and plots write it.</param>
/// <param name="Meaning">In words, with its unit.</param>
public sealed record Term(string Symbol, string Meaning);
