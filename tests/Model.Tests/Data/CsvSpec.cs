using System.Text;

namespace FLCrowd.Model.Tests.Data;

public sealed class CsvSpec : IDisposable
{
    private const string Table = """
        user,age,city,zip,income,split
        ann,20,Graz,1,low,train
        bob,40,Wien,2,high,train
        cid,60,"Bad Ischl, O.Ö.",1,low,train
        dan,30,Linz,3,high,test

        """;

    private readonly DataFolder _folder = new();

    [Fact]
    public void Numbers_categories_and_columns_that_are_kept_are_read()
    {
        var data = Load(Table, Split(("categorical", new[] { "zip" }), ("keep", new[] { "user" })));
        Assert.Equal(["high", "low"], data.ClassNames);
        Assert.Equal([1, 0, 1], data.Training.Labels);
        Assert.Equal([0], data.Test.Labels);
        Assert.Equal(["ann", "bob", "cid"], data.Columns["user"]);
        Assert.Equal(new SampleShape(1, 1, 6), data.Shape);

        // age (mean 40, deviation sqrt(800 / 3)); Bad Ischl, Graz, Wien; zip 1, 2. Linz and 3 are nobody's to train on.
        float age = (float)(20 / Math.Sqrt(800.0 / 3));
        Assert.Equal([-age, 0, 1, 0, 1, 0], data.Training.Features[..6]);
        Assert.Equal([0, 0, 0, 1, 0, 1], data.Training.Features[6..12]);
        Assert.Equal([age, 1, 0, 0, 1, 0], data.Training.Features[12..]);
        Assert.Equal([-age / 2, 0, 0, 0, 0, 0], data.Test.Features);
    }

    [Fact]
    public void Numbers_stay_as_they_are_where_they_are_to()
    {
        var data = Load(Table, Split(("standardise", false), ("ignore", new[] { "user", "city" })));
        Assert.Equal([20, 1, 40, 2, 60, 1], data.Training.Features);
    }

    [Fact]
    public void Missing_numbers_become_the_mean_and_missing_categories_one_of_their_own()
    {
        var data = Load(
            "label;x;c;k\n1;1,5;a;u\n10;3;;\n2; ? ;b;u\n",
            Share("separator", ";", "missing", "mean", "standardise", false, "ignore", new[] { "x" }, "keep", new[] { "k" }));
        Assert.Equal(["1", "2", "10"], data.ClassNames);
        Assert.Equal(3, data.Training.Count + data.Test.Count);

        var test = _folder.Write("test.csv", "x,label,c\n,1.0,\n");
        data = Load("label,x,c,k\n1,NA,a,u\n2,3,,\n1,5,b,w\n", new()
        {
            ["test-file"] = test,
            ["missing"] = "mean",
            ["standardise"] = "off",
            ["keep"] = new[] { "k" },
        });
        Assert.Equal([4, 1, 0, 0, 3, 0, 0, 1, 5, 0, 1, 0], data.Training.Features);
        Assert.Equal([4, 0, 0, 1], data.Test.Features);
        Assert.Equal([0], data.Test.Labels);
        Assert.Equal(["u", "", "w"], data.Columns["k"]);
        Assert.Equal(2, data.Files.Count);
    }

    [Fact]
    public void A_file_without_header_has_positions_for_names()
    {
        var data = Load("1\t5\tb\n2\t6\ta\n3\t7\tb\n", Share("separator", "tab", "header", "off", "label", "3", "standardise", false));
        Assert.Equal(["a", "b"], data.ClassNames);
        Assert.Equal(2, data.Shape.FeatureCount);
        Assert.Equal([1, 2, 3, 5, 6, 7], data.Training.Features.Concat(data.Test.Features).Order());
    }

    [Fact]
    public void A_constant_column_and_a_compressed_file_are_read()
    {
        var data = Load(DataFolder.Zip(Encoding.UTF8.GetBytes("\uFEFFx,label\r\n0.1,1\r\n0.1,0\r\n0.1,1\r\n")), Share());
        Assert.All(data.Training.Features, feature => Assert.Equal(0, feature, 1e-6f));
    }

    public static TheoryData<string, string> WrongTables => new()
    {
        { "d.csv: is empty; must be a CSV file with a line for each sample", "" },
        { "d.csv: has no rows; there must be one for each sample", "x,label\n" },
        { "d.csv: line 3: has 3 fields; must have 2, as the first line", "x,label\n1,a\n1,2,b\n" },
        { "d.csv: line 4: has 1 fields; must have 2, as the first line", "x,label\n\n1,a\n1\n" },
        { "d.csv: line 3: column x has no value (''); every sample must have one, or missing = mean puts the mean in its place",
            "x,label\n1,a\n,b\n" },
        { "d.csv: line 2: column x has no value ('NA'); every sample must have one, or missing = mean puts the mean in its place",
            "x,label\nNA,a\n" },
        { "d.csv: line 2: has no label in column label (''); every sample must have one", "x,label\n1,\n" },
        { "d.csv: line 3: column x is '1.2.3' after numbers; must be a number, or 'categorical' must list the column",
            "x,label\n1,a\n1.2.3,b\n" },
        { "d.csv: line 4: column x is the number 5 after the text 'none' in line 2; must be numbers or texts alone, or "
            + "'categorical' must list the column", "x,label\nnone,a\nmany,b\n5,a\n" },
        { "d.csv: line 2: column x is 1E+300; must be at most 3.4028235E+38 in magnitude", "x,label\n1e300,a\n" },
        { "d.csv: line 2: column x is Infinity; must be at most 3.4028235E+38 in magnitude", "x,label\nInfinity,a\n" },
        { "d.csv: has two columns 'x'; every column must have a name of its own", "x,x,label\n1,1,a\n" },
        { "d.csv: line 1: column 1 has no name; must have one, or ignore = [\"1\"] must leave it out", ",x,label\n0,1,a\n" },
        { "d.csv: line 3: opens a quote (\") that is not closed", "x,label\n1,a\n2,\"b\n3,c\n4,a\n" },
        { "d.csv: line 3: has a quote (\") within a field; a field with quotes must stand in quotes, and each of them twice",
            "x,label\n1,a\n2,b\"c\n" },
        { "data.csv.label: names the column 'label', which d.csv does not have (did you mean 'Label'?); it has x, Label",
            "x,Label\n1,a\n" },
        { "data.csv.label: names the column 'label', which d.csv does not have (did you mean 'x;label'?); it has x;label",
            "x;label\n1;a\n" },
        { "d.csv: has no column that is a feature; must have one beside the label", "label\na\nb\nc\n" },
        { "d.csv: holds 1 samples; a test-share of 0.4 sets 0 aside, and must leave some to train and some to test on", "x,label\n1,a\n" },
    };

    [Theory]
    [MemberData(nameof(WrongTables))]
    public void A_wrong_table_is_named_with_its_line(string message, string table)
    {
        _folder.Write("d.csv", table);
        Assert.Equal(message, _folder.Refused("csv", With(Share())));
    }

    [Fact]
    public void A_table_of_too_many_classes_or_categories_is_refused()
    {
        _folder.Write("d.csv", "x,label\n" + string.Concat(Enumerable.Range(0, 300).Select(k => $"1,{k / 100.0}\n")));
        Assert.Equal("d.csv: line 258: has one label too many in column label, '2.56'; there must be at most 256 classes",
            _folder.Refused("csv", With(Share())));
        _folder.Write("d.csv", "x,label\n" + string.Concat(Enumerable.Range(0, 20_000).Select(k => $"n{k},{k % 2}\n")));
        Assert.Equal("d.csv: column x has 12000 categories; must have at most 10000, or 'keep' or 'ignore' must list the column",
            _folder.Refused("csv", With(Share())));
        _folder.Write("d.csv", "x,label\n" + string.Concat(Enumerable.Range(0, 9).Select(k => $",{k % 2}\n")));
        Assert.Equal("d.csv: column x has no value in a row to train on; 'ignore' must list the column",
            _folder.Refused("csv", With(Share("missing", "mean"))));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        _folder.Write("d.csv", [.. "x,label\n1,a\n"u8, 0x31, 0x2C, 0xE9, 0x0A]);
        Assert.StartsWith("d.csv: has bytes after line ", _folder.Refused("csv", With(Share())), StringComparison.Ordinal);
        Assert.EndsWith("that are no UTF-8; must be saved as UTF-8", _folder.Refused("csv", With(Share())), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_tested_on_is_said_once()
    {
        Assert.Equal("data.csv.file: is not set; must be a file", _folder.Refused("csv", new { }));
        Assert.Equal("data.csv: says nothing of what is tested on; must have test-file, test-column or test-share (such as 0.2)",
            _folder.Refused("csv", With([])));
        Assert.Equal("data.csv: has test-column and test-share; must have one of them",
            _folder.Refused("csv", With(Share("test-column", "split"))));
        Assert.Equal("d.csv: is missing; it must be a CSV file", _folder.Refused("csv", With(Share())));
        _folder.Write("d.csv", Table.Replace("dan,30,Linz,3,high,test", "dan,30,Linz,3,high,val", StringComparison.Ordinal));
        Assert.Equal("d.csv: line 5: column split is 'val'; must be train or test", _folder.Refused("csv", With(Split())));
        _folder.Write("d.csv", Table.Replace("test", "train", StringComparison.Ordinal));
        Assert.Equal("d.csv: column split is train in every row; some must be train and some test", _folder.Refused("csv", With(Split())));
        _folder.Write("d.csv", Table);
        Assert.Equal("data.csv.keep: names the column 'usr', which d.csv does not have (did you mean 'user'?); "
            + "it has user, age, city, zip, income, split", _folder.Refused("csv", With(Split(("keep", new[] { "usr" })))));
    }

    [Fact]
    public void A_test_file_must_be_of_the_same_kind()
    {
        _folder.Write("d.csv", "x,c,label\n1,u,a\n2,w,b\n");
        Refused("t.csv: has no column 'c', as d.csv has; it has x, label", "x,label\n1,a\n");
        Refused("t.csv: has a column 'z', which d.csv does not have; both must have the same", "x,c,label,z\n1,u,a,1\n");
        Refused("t.csv: line 2: has the label 'a.', which no sample of d.csv has; they have 'a', 'b'", "x,c,label\n1,u,a.\n");
        Refused("t.csv: line 3: column x is 'u' after numbers; must be a number, or 'categorical' must list the column",
            "c,x,label\nu,1,a\nw,u,b\n");
        Refused("t.csv: has no rows; there must be one for each sample", "x,c,label\n");

        void Refused(string message, string test)
        {
            _folder.Write("t.csv", test);
            Assert.Equal(message, _folder.Refused("csv", With(new() { ["label"] = "label", ["test-file"] = _folder["t.csv"] })));
        }
    }

    [Fact]
    public void Whatever_the_bytes_there_is_one_message()
    {
        _folder.Write("d.csv", Table + Table[(Table.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        _folder.Fuzz("csv", With(Split()), "d.csv");
        _folder.Write("d.csv", DataFolder.Zip(Encoding.UTF8.GetBytes(Table)));
        _folder.Fuzz("csv", With(Split()), "d.csv");
    }

    public void Dispose() => _folder.Dispose();

    private DataSet Load(string table, Dictionary<string, object> options) => Load(Encoding.UTF8.GetBytes(table), options);

    private DataSet Load(byte[] table, Dictionary<string, object> options)
    {
        _folder.Write("d.csv", table);
        return DataFolder.Load("csv", With(options));
    }

    private Dictionary<string, object> With(Dictionary<string, object> options) => new(options) { ["file"] = _folder["d.csv"] };

    private static Dictionary<string, object> Split(params (string Key, object Value)[] others) =>
        new(others.Select(other => KeyValuePair.Create(other.Key, other.Value))) { ["label"] = "income", ["test-column"] = "split" };

    private static Dictionary<string, object> Share(params object[] others) =>
        new(others.Chunk(2).Select(pair => KeyValuePair.Create((string)pair[0], pair[1]))) { ["test-share"] = 0.4 };
}
