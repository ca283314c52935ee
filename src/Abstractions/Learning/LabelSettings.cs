namespace FLCrowd;

/// <summary>
/// Where labels come from (<c>data.labels</c>). With effort e a sample is labeled with care with probability e; a careful label is what
/// <see cref="Careful"/> says with the client's <see cref="Skill"/> as probability. All others are what <see cref="Careless"/> says.
/// </summary>
public sealed record LabelSettings
{
    /// <summary>What care leads to: truth, a column or annotators.</summary>
    public LabelSource Careful { get; init; } = LabelSource.Truth;

    /// <summary>What no care leads to: uniform, a confusion matrix, a column or annotators.</summary>
    public LabelSource Careless { get; init; } = LabelSource.Uniform;

    /// <summary>The column of the data set (<see cref="DataSet.Columns"/>) that careful labels are in; null: they are in none.</summary>
    public string? CarefulColumn { get; init; }

    /// <summary>The column of the data set that careless labels are in; null: they are in none.</summary>
    public string? CarelessColumn { get; init; }

    /// <summary>Probabilities of careless labels, K x K, row by row: a row for each true class, in it one for each class that is given.
    /// Null: there are none.</summary>
    public ValueList<double>? Confusion { get; init; }

    /// <summary>The answers of people; null: nobody asked any.</summary>
    public AnnotatorSettings? Annotators { get; init; }

    /// <summary>The probability, in [0, 1], that a careful label is what <see cref="Careful"/> says: one for all clients, or one for
    /// each.</summary>
    public ValueList<double> Skill { get; init; } = new(1);

    /// <summary>Whether full effort gives the true labels, as the bounds take it.</summary>
    public bool CareIsTrue => Careful == LabelSource.Truth && Skill.All(skill => skill == 1);

    /// <summary>A client's skill.</summary>
    public double SkillOf(int client) => Skill[Skill.Count == 1 ? 0 : client];
}

/// <summary>What a label is taken from.</summary>
public enum LabelSource
{
    /// <summary>The data set's own label.</summary>
    Truth,

    /// <summary>A class drawn uniformly.</summary>
    Uniform,

    /// <summary>A class drawn from the row of the true one in a confusion matrix.</summary>
    Confusion,

    /// <summary>A column of the data set.</summary>
    Column,

    /// <summary>What people answered.</summary>
    Annotators,
}

/// <summary>A table of people's answers (<c>data.labels.annotators</c>), and who of them a client is.</summary>
public sealed record AnnotatorSettings
{
    /// <summary>The CSV file; its first line names its columns.</summary>
    public required string File { get; init; }

    /// <summary>The SHA-256 of the file, in lower-case hexadecimal, so that all nodes read the same one; null: any.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The column of samples: positions in the training set, from 0.</summary>
    public required string Sample { get; init; }

    /// <summary>The column of workers: any text.</summary>
    public required string Worker { get; init; }

    /// <summary>The column of answers: a class's name or number.</summary>
    public required string Answer { get; init; }

    /// <summary>How many workers a client is, at least 1.</summary>
    public int WorkersPerClient { get; init; } = 1;
}
