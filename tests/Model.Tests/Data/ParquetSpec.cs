using DuckDB.NET.Data;
using Parquet;
using Parquet.Schema;

namespace FLCrowd.Model.Tests.Data;

public sealed class ParquetSpec : IDisposable
{
    private const string Table = """
        SELECT * FROM (VALUES
            ('ann', 20::TINYINT, 1.5::DOUBLE, true, 'Graz', 3::BIGINT, DATE '2024-01-31', 'train'),
            ('bob', 40::TINYINT, 2.5::DOUBLE, false, 'Wien', 1::BIGINT, DATE '2024-02-01', 'train'),
            ('cid', 60::TINYINT, 4.5::DOUBLE, true, 'Graz', 3::BIGINT, DATE '2024-02-02', 'train'),
            ('dan', 30::TINYINT, NULL, true, 'Linz', 1::BIGINT, DATE '2024-02-03', 'test'))
        t(who, age, pay, paid, city, label, day, split)
        """;

    private readonly DataFolder _folder = new();

    [Theory]
    [InlineData("uncompressed")]
    [InlineData("snappy")]
    [InlineData("zstd")]
    [InlineData("gzip")]
    public void A_table_of_another_writer_is_read(string codec)
    {
        Write("d", Table, codec);
        var data = DataFolder.Load("parquet", With());
        Assert.Equal(["1", "3"], data.ClassNames);
        Assert.Equal([1, 0, 1], data.Training.Labels);
        Assert.Equal(["ann", "bob", "cid"], data.Columns["who"]);
        Assert.Equal(["2024-01-31", "2024-02-01", "2024-02-02"], data.Columns["day"].Select(day => day[..10]));
        Assert.Equal([20, 1.5f, 1, 1, 0, 40, 2.5f, 0, 0, 1, 60, 4.5f, 1, 1, 0], data.Training.Features);
        Assert.Equal([30, (float)(8.5 / 3), 1, 0, 0], data.Test.Features);
    }

    [Fact]
    public void It_is_what_the_same_table_is_as_text()
    {
        const string Rows = "SELECT (random() * 1000)::INT a, random() b, ['x', 'y', 'z'][1 + (random() * 2)::INT] c,"
            + " (random() * 3)::INT AS label FROM range(70000)";
        Write("d", $"SELECT * FROM ({Rows})", extra: ", ROW_GROUP_SIZE 20000", alsoCsv: true);
        var options = new Dictionary<string, object> { ["file"] = _folder["d.parquet"], ["test-share"] = 0.1, ["split-seed"] = 3 };
        var (one, other) = (DataFolder.Load("parquet", options), DataFolder.Load("csv", new Dictionary<string, object>(options)
        {
            ["file"] = _folder["d.csv"],
        }));
        Assert.Equal((63_000, 7_000, 5), (one.Training.Count, one.Test.Count, one.Shape.FeatureCount));
        Assert.Equal(other.Training.Features, one.Training.Features);
        Assert.Equal(other.Test.Labels, one.Test.Labels);
    }

    [Fact]
    public async Task Columns_that_cannot_be_null_are_read()
    {
        var (x, label) = (new DataField("x", typeof(float), isNullable: false), new DataField("label", typeof(string), isNullable: false));
        var stop = TestContext.Current.CancellationToken;
        await using (var file = File.Create(_folder["d.parquet"]))
        {
            await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(x, label), file, cancellationToken: stop);
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<float>(x, new float[] { 1, 2, 3 }, cancellationToken: stop);
            await group.WriteAsync(label, (IReadOnlyCollection<string?>)["a", "b", "a"]);
        }

        var data = DataFolder.Load("parquet", new Dictionary<string, object> { ["file"] = _folder["d.parquet"], ["test-share"] = 0.3 });
        Assert.Equal((2, 1), (data.Training.Count, data.Test.Count));
    }

    public static TheoryData<string, string> WrongTables => new()
    {
        { "d.parquet: row 2: column x has no value ('null'); every sample must have one, or missing = mean puts the mean in its place",
            "(VALUES (1, 1), (NULL, 0)) t(x, label)" },
        { "d.parquet: row 3: has no label in column label ('null'); every sample must have one",
            "(VALUES (1, 1), (2, 0), (3, NULL)) t(x, label)" },
        { "d.parquet: row 1: column x is Infinity; must be at most 3.4028235E+38 in magnitude",
            "(VALUES ('Infinity'::DOUBLE, 1), (2, 0)) t(x, label)" },
        { "d.parquet: column x is of a type that is not read (a list or a structure); must be numbers, texts or truth values, or 'ignore' "
            + "must list the column", "(VALUES ([1, 2], 1), ([3], 0)) t(x, label)" },
        { "d.parquet: column x is of a type that is not read (a list or a structure); must be numbers, texts or truth values, or 'ignore' "
            + "must list the column", "(VALUES ({'a': 2}, 1), ({'a': 2}, 0)) t(x, label)" },
        { "d.parquet: column x is of a type that is no feature (DateTime); must be numbers, texts or truth values, or 'ignore' "
            + "must list the column", "(VALUES (DATE '2024-01-31', 1), (DATE '2024-01-31', 0)) t(x, label)" },
        { "data.parquet.label: names the column 'label', which d.parquet does not have; it has x, y", "(VALUES (1, 1), (2, 0)) t(x, y)" },
        { "d.parquet: has no rows; there must be one for each sample", "(VALUES (1, 1), (2, 0)) t(x, label) WHERE x > 5" },
    };

    [Theory]
    [MemberData(nameof(WrongTables))]
    public void A_wrong_table_is_named_with_its_row(string message, string table)
    {
        Write("d", $"SELECT * FROM {table}");
        Assert.Equal(message, _folder.Refused(
            "parquet", new Dictionary<string, object> { ["file"] = _folder["d.parquet"], ["test-share"] = 0.4 }));
    }

    [Fact]
    public void What_is_no_Parquet_file_is_refused()
    {
        _folder.Write("d.parquet", "x,label\n1,a\n");
        Assert.Equal("d.parquet: is not a Parquet file: it does not end as one (PAR1)", _folder.Refused("parquet", With()));
        _folder.Write("d.parquet", "PAR1....\uFFFF\uFFFFPAR1");
        Assert.Equal("d.parquet: is damaged: its metadata would be 3217027007 bytes, longer than the file",
            _folder.Refused("parquet", With()));
        _folder.Write("d.parquet", "");
        Assert.Equal("d.parquet: is not a Parquet file: it does not end as one (PAR1)", _folder.Refused("parquet", With()));
    }

    [Fact]
    public void A_damaged_file_is_refused()
    {
        Damaged("d.parquet: is damaged: its metadata cannot be read",
            whole => whole.Length - 8 - BitConverter.ToInt32(whole, whole.Length - 8));
        Damaged("d.parquet: is damaged: the pages of a column are not where its metadata says, or hold other values", _ => 4);

        void Damaged(string message, Func<byte[], int> at)
        {
            Write("d", Table);
            var whole = File.ReadAllBytes(_folder["d.parquet"]);
            whole[at(whole)] = 255;
            _folder.Write("d.parquet", whole);
            Assert.Equal(message, _folder.Refused("parquet", With()));
        }
    }

    [Theory]
    [InlineData("uncompressed")]
    [InlineData("snappy")]
    public void Whatever_the_bytes_there_is_one_message(string codec)
    {
        Write("d", Table, codec);
        _folder.Fuzz("parquet", With(), "d.parquet");
    }

    public void Dispose() => _folder.Dispose();

    private Dictionary<string, object> With() => new()
    {
        ["file"] = _folder["d.parquet"],
        ["test-column"] = "split",
        ["keep"] = new[] { "who", "day" },
        ["missing"] = "mean",
        ["standardise"] = false,
    };

    private void Write(string name, string query, string codec = "snappy", string extra = "", bool alsoCsv = false)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"CREATE TABLE d AS {query}; "
            + $"COPY d TO '{_folder[name + ".parquet"]}' (FORMAT parquet, COMPRESSION {codec}{extra});"
            + (alsoCsv ? $"COPY d TO '{_folder[name + ".csv"]}' (FORMAT csv, HEADER);" : "");
        command.ExecuteNonQuery();
    }
}
