namespace FLCrowd.Model.Data.Tabular;

/// <summary>The columns of a table that are read, of the file to train on and then of the file to test on.</summary>
/// <param name="setting">Where the options stand.</param>
/// <param name="options">Which column is what.</param>
internal sealed class Table(string setting, TabularOptions options)
{
    private readonly List<DataFile> _files = [];
    private List<(string Name, TableColumn? Column)>? _columns;
    private string? _trainingFile;
    private int _nextCheck = 1 << 16;

    public IReadOnlyList<DataFile> Files => _files;

    /// <summary>What is read, in the order of the file to train on.</summary>
    public IEnumerable<TableColumn> Columns => _columns!.Select(column => column.Column).OfType<TableColumn>();

    /// <summary>Rows of the files that have been read.</summary>
    public int Rows { get; private set; }

    /// <summary>Rows of the first file.</summary>
    public int FirstRows { get; private set; }

    /// <summary>A file's columns; null where one is not read.</summary>
    /// <param name="file">The file.</param>
    /// <param name="names">What it calls them.</param>
    /// <exception cref="SettingException">One is missing, stands there twice, or is none that an option names.</exception>
    public TableColumn?[] Begin(SourceFile file, IReadOnlyList<string> names)
    {
        if (names.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw file.Wrong($"has two columns {Place.Quote(twice.Key)}; every column must have a name of its own");
        }

        if (_columns is not null)
        {
            return Again(file, names);
        }

        Require(options.Label, "label");
        foreach (var (list, key) in new[] { (options.Categorical, "categorical"), (options.Keep, "keep"), (options.Ignore, "ignore") })
        {
            foreach (var name in list)
            {
                Require(name, key);
            }
        }

        if (options.TestColumn is { } part)
        {
            Require(part, "test-column");
        }

        _trainingFile = file.Path;
        _columns = [.. names.Select(name => (name, UseOf(name) is { } use ? new TableColumn(name, use, options) : null))];
        return [.. _columns.Select(column => column.Column)];

        void Require(string name, string key)
        {
            if (!names.Contains(name))
            {
                var near = Suggestion.Nearest(name, names) is { } nearest ? $" (did you mean '{nearest}'?)" : "";
                throw new SettingException(
                    $"{setting}.{key}",
                    $"names the column {Place.Quote(name)}, which {file.Path} does not have{near}; it has {Listed(names)}");
            }
        }
    }

    /// <summary>Counts a row.</summary>
    /// <exception cref="SettingException">It does not fit into the memory.</exception>
    public void AddRow(Place place)
    {
        Rows++;
        if (Rows == _nextCheck)
        {
            _nextCheck *= 2;
            LearningSetup.RequireMemory(
                place.File,
                $"has {Rows} rows and more of {_columns!.Count} columns, which",
                (double)Rows * _columns.Count * sizeof(double));
        }
    }

    /// <summary>A file has been read.</summary>
    /// <exception cref="SettingException">There was nothing in it.</exception>
    public void End(SourceFile file)
    {
        _files.Add(file.Listed);
        if (Rows == FirstRows)
        {
            throw file.Wrong("has no rows; there must be one for each sample");
        }

        if (_files.Count == 1)
        {
            FirstRows = Rows;
            foreach (var column in Columns)
            {
                column.EndTraining(file.Path);
            }
        }
    }

    private TableColumn?[] Again(SourceFile file, IReadOnlyList<string> names)
    {
        // What is kept is kept of samples to train on.
        var known = _columns!;
        var wanted = known.Where(column => column.Column is { Use: not ColumnUse.Kept }).Select(column => column.Name).ToHashSet();
        if (wanted.FirstOrDefault(name => !names.Contains(name)) is { } missing)
        {
            throw file.Wrong($"has no column {Place.Quote(missing)}, as {_trainingFile} has; it has {Listed(names)}");
        }

        if (names.FirstOrDefault(name => !known.Exists(column => column.Name == name)) is { } strange)
        {
            throw file.Wrong($"has a column {Place.Quote(strange)}, which {_trainingFile} does not have; both must have the same");
        }

        return [.. names.Select(name => wanted.Contains(name) ? known.Find(column => column.Name == name).Column : null)];
    }

    private ColumnUse? UseOf(string name) =>
        name == options.Label ? ColumnUse.Label
        : name == options.TestColumn ? ColumnUse.Part
        : options.Keep.Contains(name) ? ColumnUse.Kept
        : options.Ignore.Contains(name) ? null
        : options.Categorical.Contains(name) ? ColumnUse.Category
        : ColumnUse.Feature;

    private static string Listed(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(20)) + (names.Count > 20 ? $" and {names.Count - 20} more" : "");
}
