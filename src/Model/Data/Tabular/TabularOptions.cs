using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Model.Data.Tabular;

/// <summary>What is done to a value that is not there.</summary>
internal enum MissingValues
{
    /// <summary>The file is refused: the message names the value.</summary>
    Refuse,

    /// <summary>A number becomes the mean over the samples to train on; in a column of categories it is one of its own.</summary>
    Mean,
}

/// <summary>What tables of every format are read by.</summary>
internal abstract class TabularOptions : SplitOptions
{
    [FilePath]
    [Description("The table: a row for each sample.")]
    public string File { get; set; } = "";

    [FilePath]
    [Description("A table of the same columns to test on; else test-column or test-share says what is tested on.")]
    public string? TestFile { get; set; }

    [Description("A column that says train or test of each sample.")]
    public string? TestColumn { get; set; }

    [Description("The column of the classes, at most 256 of them.")]
    public string Label { get; set; } = "label";

    [Description("Columns of numbers that are categories; columns of texts are, without being listed.")]
    public IReadOnlyList<string> Categorical { get; set; } = [];

    [Description("Columns that are no features but are kept beside them, such as a user or what somebody else called the sample.")]
    public IReadOnlyList<string> Keep { get; set; } = [];

    [Description("Columns that are not read.")]
    public IReadOnlyList<string> Ignore { get; set; } = [];

    [Description("What is done to a value that is not there: refuse, or mean over the samples to train on (a category of its own).")]
    public MissingValues Missing { get; set; }

    [Description("Texts that stand for a value that is not there; spaces around them do not count.")]
    public IReadOnlyList<string> MissingTexts { get; set; } = ["", "NA", "NaN", "?"];

    [Description("Whether columns of numbers are shifted and scaled to mean 0 and variance 1 over the samples to train on.")]
    public bool Standardise { get; set; } = true;
}

internal sealed class CsvOptions : TabularOptions
{
    [MinLength(1, ErrorMessage = "is empty; must be a character such as ',' or ';', or tab")]
    [Description("What stands between two fields: a character, or tab.")]
    public string Separator { get; set; } = ",";

    [Description("Whether the first line names the columns; else their names are their positions, from 1.")]
    public bool Header { get; set; } = true;
}

internal sealed class ParquetOptions : TabularOptions;
