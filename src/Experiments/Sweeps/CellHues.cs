using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Sweeps;

/// <summary>Which colour and marker tell the cells of a sweep apart: the first swept column has the colour, the others the
/// marker.</summary>
internal sealed class CellHues
{
    private readonly IReadOnlyList<string> _columns;
    private readonly List<string> _first;
    private readonly List<string> _rest;

    public CellHues(RunSummary summary)
    {
        _columns = summary.Columns;
        _first = [.. summary.Cells.Select(First).Distinct()];
        _rest = [.. summary.Cells.Select(Rest).Distinct()];

        // Many values of the first column, few of the others: colours where there are more values to tell apart.
        IsSwapped = _rest.Count > _first.Count;
    }

    private bool IsSwapped { get; }

    public Hue Hue(CellSummary cell) => _columns.Count == 0 ? Results.Hue.Of("cell", "all")
        : IsSwapped ? Results.Hue.Of(string.Join(',', _columns.Skip(1)), Rest(cell))
        : Results.Hue.Of(_columns[0], First(cell));

    public int Marker(CellSummary cell) => IsSwapped ? _first.IndexOf(First(cell)) : _rest.IndexOf(Rest(cell));

    private static string First(CellSummary cell) => cell.Values.FirstOrDefault("");

    private static string Rest(CellSummary cell) => string.Join(',', cell.Values.Skip(1));
}
