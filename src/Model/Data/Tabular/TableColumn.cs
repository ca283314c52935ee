using System.Globalization;

namespace FLCrowd.Model.Data.Tabular;

/// <summary>What a column is for.</summary>
internal enum ColumnUse
{
    /// <summary>Features: numbers, or categories where its values are texts.</summary>
    Feature,

    /// <summary>Features: categories, whatever its values look like.</summary>
    Category,

    /// <summary>The class.</summary>
    Label,

    /// <summary>Something that is known of a sample beside its features.</summary>
    Kept,

    /// <summary>Whether a sample is trained on or tested on.</summary>
    Part,
}

/// <summary>A column as it is read, value by value: numbers, or texts each of which is held once.</summary>
/// <param name="name">Its name.</param>
/// <param name="use">What it is for.</param>
/// <param name="options">What is done to values that are missing.</param>
internal sealed class TableColumn(string name, ColumnUse use, TabularOptions options)
{
    /// <summary>The code of a value that is not there.</summary>
    public const int MissingCode = -1;

    private const int MostClasses = byte.MaxValue + 1;

    private readonly List<double> _numbers = [];
    private readonly List<int> _codes = [];
    private readonly List<string> _texts = [];
    private readonly Dictionary<string, int> _codeOf = new(StringComparer.Ordinal);
    private int _missingAtFirst;
    private Place _firstText;
    private string? _trainingFile;

    public string Name => name;

    public ColumnUse Use => use;

    /// <summary>Whether its values are numbers: so far none was a text, and one was there.</summary>
    public bool IsNumbers { get; private set; }

    /// <summary>Whether its values are texts.</summary>
    public bool IsTexts { get; private set; } = use != ColumnUse.Feature;

    /// <summary>A number for each row; NaN where it is missing.</summary>
    public IReadOnlyList<double> Numbers => _numbers;

    /// <summary>For each row which of <see cref="Texts"/> it is.</summary>
    public IReadOnlyList<int> Codes => _codes;

    /// <summary>Each text that occurs, in the order in which they did.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>From here on come rows to test on, of another file: no classes that there are none to train on of.</summary>
    public void EndTraining(string trainingFile) => _trainingFile = trainingFile;

    /// <summary>Adds a value as it was written.</summary>
    /// <param name="value">The value.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="isTyped">Whether the file says that it is a text; else what looks like a number is one.</param>
    /// <exception cref="SettingException">It is missing, no number among numbers, or a class too many.</exception>
    public void Add(string value, Place place, bool isTyped = false)
    {
        var text = value.Trim();
        if (options.MissingTexts.Contains(text))
        {
            AddMissing(place, text);
        }
        else if (use == ColumnUse.Label && WholeNumber.Parse<long>(text) is { } whole)
        {
            // The same class, written 1 in one file and 1.0 in another.
            AddText(whole.ToString(CultureInfo.InvariantCulture), place);
        }
        else if (use != ColumnUse.Feature)
        {
            AddText(text, place);
        }
        else if (!isTyped && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            Add(number, place);
        }
        else if (IsNumbers)
        {
            throw place.Wrong(
                $"column {name} is {Place.Quote(text)} after numbers; must be a number, or 'categorical' must list the column");
        }
        else
        {
            _firstText = IsTexts ? _firstText : place;
            AddText(text, place);
        }
    }

    /// <summary>Adds a number; for columns of texts it is written.</summary>
    public void Add(double number, Place place)
    {
        if (double.IsNaN(number))
        {
            AddMissing(place, "NaN");
        }
        else if (use != ColumnUse.Feature)
        {
            AddText(number.ToString(CultureInfo.InvariantCulture), place);
        }
        else if (IsTexts)
        {
            throw place.Wrong(string.Create(CultureInfo.InvariantCulture, $"column {name} is the number {number} after the text ")
                + $"{Place.Quote(_texts[0])} in {_firstText}; must be numbers or texts alone, or 'categorical' must list the column");
        }
        else if (Math.Abs(number) > float.MaxValue)
        {
            throw place.Wrong(string.Create(
                CultureInfo.InvariantCulture, $"column {name} is {number}; must be at most {float.MaxValue} in magnitude"));
        }
        else
        {
            IsNumbers = true;
            _numbers.AddRange(Enumerable.Repeat(double.NaN, _missingAtFirst));
            _missingAtFirst = 0;
            _numbers.Add(number);
        }
    }

    /// <summary>Adds a value that is not there.</summary>
    /// <param name="place">Where it is not.</param>
    /// <param name="text">What stands there instead.</param>
    public void AddMissing(Place place, string text = "")
    {
        switch (use)
        {
            case ColumnUse.Kept:
                AddText("", place);
                return;
            case ColumnUse.Label:
                throw place.Wrong($"has no label in column {name} ({Place.Quote(text)}); every sample must have one");
            case ColumnUse.Part:
                AddText(text, place);
                return;
            case var _ when options.Missing == MissingValues.Refuse:
                throw place.Wrong($"column {name} has no value ({Place.Quote(text)}); every sample must have one, "
                    + "or missing = mean puts the mean in its place");
        }

        if (IsNumbers)
        {
            _numbers.Add(double.NaN);
        }
        else if (IsTexts)
        {
            _codes.Add(MissingCode);
        }
        else
        {
            _missingAtFirst++;
        }
    }

    private void AddText(string text, Place place)
    {
        IsTexts = true;
        _codes.AddRange(Enumerable.Repeat(MissingCode, _missingAtFirst));
        _missingAtFirst = 0;
        if (!_codeOf.TryGetValue(text, out int code))
        {
            Check(text, place);
            code = _texts.Count;
            _codeOf.Add(text, code);
            _texts.Add(text);
        }

        _codes.Add(code);
    }

    private void Check(string text, Place place)
    {
        if (use == ColumnUse.Part && Part(text) is null)
        {
            throw place.Wrong($"column {name} is {Place.Quote(text)}; must be train or test");
        }

        if (use == ColumnUse.Label && _trainingFile is not null)
        {
            throw place.Wrong($"has the label {Place.Quote(text)}, which no sample of {_trainingFile} has; they have "
                + string.Join(", ", _texts.Order(StringComparer.Ordinal).Take(10).Select(Place.Quote)));
        }

        if (use == ColumnUse.Label && _texts.Count == MostClasses)
        {
            throw place.Wrong($"has one label too many in column {name}, {Place.Quote(text)}; there must be at most {MostClasses} classes");
        }
    }

    /// <summary>Whether a sample is tested on; null where its text says neither.</summary>
    public static bool? Part(string text) => text.ToLowerInvariant() switch
    {
        "train" => false,
        "test" => true,
        _ => null,
    };
}
