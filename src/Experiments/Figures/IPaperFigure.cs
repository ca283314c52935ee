using FLCrowd.Actors.Tables;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Figures;

/// <summary>Makes one of the paper's figures out of a run's tables. What it asks of the run's axes is in its experiment.</summary>
internal interface IPaperFigure
{
    /// <summary>What <c>experiment.figure</c> calls it.</summary>
    string Name { get; }

    /// <summary>The swept columns that it reads.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>The table of what its plots show.</summary>
    TableSchema Table { get; }

    /// <summary>Draws and judges.</summary>
    FigureResult Present(FigureTables tables);
}

/// <summary>The tables of a run.</summary>
/// <param name="Directory">Where they are.</param>
/// <param name="Record">The run.</param>
internal sealed record FigureTables(string Directory, RunRecord Record);

/// <summary>A figure, complete.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Plots">One per panel and quantity.</param>
/// <param name="Numbers">What the plots show, for people.</param>
/// <param name="Data">The same for programs.</param>
/// <param name="Claims">What the paper says of it, judged.</param>
internal sealed record FigureResult(
    string Name,
    string Title,
    IReadOnlyList<FindingPlot> Plots,
    IReadOnlyList<FindingTable> Numbers,
    TableData Data,
    IReadOnlyList<JudgedClaim> Claims)
{
    /// <summary>What most means are over.</summary>
    public const string Seeds = "seeds";

    /// <summary>The same where games of equal seeds differ by their draws.</summary>
    public const string Draws = "draws";

    /// <summary>What its means are over.</summary>
    public string MeansOver { get; init; } = Seeds;
}
