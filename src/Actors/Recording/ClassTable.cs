using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Tables;

namespace FLCrowd.Actors.Recording;

/// <summary>A row of classes.csv.</summary>
/// <param name="Episode">The episode's number within the run.</param>
/// <param name="Class">The class.</param>
/// <param name="Tested">How well the final model knows it.</param>
public readonly record struct ClassRow(int Episode, int Class, TestedClass Tested);

/// <summary>classes.csv: how well the final model knows each class, where the experiment asks for it.</summary>
public static class ClassTable
{
    /// <summary>The episode.</summary>
    public static readonly Column<int, ClassRow> Episode = Column.Whole<ClassRow>("episode", "as in episodes.csv", row => row.Episode);

    /// <summary>The class's number.</summary>
    public static readonly Column<int, ClassRow> Class = Column.Whole<ClassRow>("class", "the class, from 0", row => row.Class);

    /// <summary>Its name.</summary>
    public static readonly Column<string, ClassRow> Name =
        Column.Text<ClassRow>("name", "what the data set calls it; empty where it has no names", row => row.Tested.Name);

    /// <summary>Its test samples.</summary>
    public static readonly Column<int, ClassRow> Samples =
        Column.Whole<ClassRow>("samples", "test samples of the class", row => row.Tested.Samples);

    /// <summary>What is taken for it.</summary>
    public static readonly Column<int, ClassRow> Predicted = Column.Whole<ClassRow>(
        "predicted", "test samples, of whatever class, that the final model takes for it", row => row.Tested.Predicted);

    /// <summary>The share of its samples that are taken for it.</summary>
    public static readonly Column<double, ClassRow> Recall = Column.Measured<ClassRow>(
        "recall", "", "the share of its samples that are taken for it; empty where it has none", row => row.Tested.Recall);

    /// <summary>The share of what is taken for it that is of it.</summary>
    public static readonly Column<double, ClassRow> Precision = Column.Measured<ClassRow>(
        "precision", "", "the share of those taken for it that are of it; empty where none is", row => row.Tested.Precision);

    /// <summary>The harmonic mean of both.</summary>
    public static readonly Column<double, ClassRow> F1 = Column.Measured<ClassRow>(
        "f1", "",
        "harmonic mean of recall and precision, 2 x (samples that are both) / (samples + predicted): 0 where none is taken for it, "
        + "empty where it has no samples",
        row => row.Tested.F1);

    /// <summary>The table.</summary>
    public static readonly TableSchema<ClassRow> Schema = new(
        "classes.csv", "one row per episode and class, where experiment.classes is on",
        Episode, Class, Name, Samples, Predicted, Recall, Precision, F1)
    {
        WantedBy = TestedClasses.Setting,
    };
}
