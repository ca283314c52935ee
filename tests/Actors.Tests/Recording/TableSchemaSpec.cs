using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tables;

namespace FLCrowd.Actors.Tests.Recording;

/// <summary>A column is declared once; all else follows.</summary>
public class TableSchemaSpec
{
    private static readonly TableSchema<(int Episode, string[] Cell, double Loss)> Schema = new(
        "test.csv", "one row per test",
        Column.Whole<(int Episode, string[] Cell, double Loss)>("episode", "its number", row => row.Episode),
        new RunsColumns<(int Episode, string[] Cell, double Loss)>("...", "swept", run => run.Swept, row => row.Cell),
        Column.Measured<(int Episode, string[] Cell, double Loss)>("loss", "money", "what was lost", row => row.Loss));

    private static readonly RunColumns Run = new() { Swept = RunColumns.Texts(["variant", "axis"]) };

    [Fact]
    public void Header_and_fields_are_in_the_order_of_the_declaration_with_the_columns_of_the_run_in_their_place()
    {
        Assert.Equal(["episode", "variant", "axis", "loss"], Schema.Header(Run));
        Assert.Equal([3, "a", "b", 0.5], Schema.Fields(Run, (3, ["a", "b"], 0.5)));
        Assert.Equal([3, "a", "b", null], Schema.Fields(Run, (3, ["a", "b"], double.NaN)));
        Assert.Equal([ColumnType.Whole, ColumnType.Text, ColumnType.Text, ColumnType.Number], Schema.Of(Run).Select(column => column.Type));
    }

    /// <summary>What a run has to ask for is in the tables of no other run, and documents say how to ask.</summary>
    [Fact]
    public void A_column_that_is_wanted_by_a_setting_is_there_where_the_run_has_set_it()
    {
        var wanted = new TableSchema<int>(
            "test.csv", "one row per test",
            Column.Whole<int>("before", "", row => row),
            Column.Whole<int>("wanted", "twice that", row => 2 * row).OnlyWith("experiment.more"),
            Column.Whole<int>("after", "", row => 3 * row));
        var with = new RunColumns { Wanted = ["experiment.more"] };
        var without = new RunColumns { Wanted = ["experiment.other"] };
        Assert.Equal(["before", "wanted", "after"], wanted.Header(with));
        Assert.Equal([1, 2, 3], wanted.Fields(with, 1));
        Assert.Equal(["before", "after"], wanted.Header(without));
        Assert.Equal([1, 3], wanted.Fields(without, 1));
        Assert.Equal(("wanted", "whole number", "", "twice that; only with `experiment.more`"), wanted.Described[1]);

        Assert.True(wanted.IsIn(without));
        var table = new TableSchema<int>("more.csv", "one row per test") { WantedBy = "experiment.more" };
        Assert.Equal((true, false, false), (table.IsIn(with), table.IsIn(without), table.IsIn(RunColumns.None)));
    }

    [Fact]
    public void People_read_what_is_declared() => Assert.Equal(
        [("episode", "whole number", "", "its number"), ("...", "", "", "swept"), ("loss", "number", "money", "what was lost")],
        Schema.Described);

    /// <summary>A column more is one declaration, which says how it is filled: it is in header, rows and documents.</summary>
    [Fact]
    public void A_column_more_touches_its_declaration_only()
    {
        var effort = Column.Number<ClientRow>("effort_gap", "", "e' - e", row => row.Client.AssignedEffort - row.Client.Action?.Effort);
        var longer = new TableSchema<ClientRow>(ClientTable.Schema.File, ClientTable.Schema.Rows, ClientTable.Client, effort);
        var row = new ClientRow(0, new(4, 0, "truthful", 1, 50, new ClientAction(0.25, 50, 1), 1, 1, null));
        Assert.Equal(["client", "effort_gap"], longer.Header(RunColumns.None));
        Assert.Equal([4, 0.75], longer.Fields(RunColumns.None, row));
        Assert.Equal(("effort_gap", "number", "", "e' - e"), longer.Described[^1]);
    }
}
