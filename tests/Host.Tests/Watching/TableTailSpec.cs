using System.Text;
using FLCrowd.Host.Watching;

namespace FLCrowd.Host.Tests.Watching;

public sealed class TableTailSpec : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.In("table.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_are_taken_once_and_whole_however_they_come()
    {
        const string Text = "episode,name\n0,a\n0,\"two\nlines, \"\"quoted\"\"\"\n1,b\n12,c\n";
        for (int cut = 0; cut <= Text.Length; cut++)
        {
            var rows = new List<string>();
            var tail = new TableTail(File, (table, episode, row) =>
                rows.Add($"{table.Episodes[episode].Episode}:{CsvLine.Text(CsvLine.Field(row, 1))}"));
            System.IO.File.WriteAllText(File, Text[..cut]);
            Assert.True(tail.Read());
            System.IO.File.AppendAllText(File, Text[cut..]);
            Assert.True(tail.Read());
            Assert.True(tail.Read());
            Assert.Equal(["0:a", "0:two\nlines, \"quoted\"", "1:b", "12:c"], rows);
            Assert.Equal(["episode", "name"], tail.Header);
            Assert.Equal([(0, 2), (1, 1), (12, 1)], tail.Episodes.Select(rows => (rows.Episode, rows.Count)));
        }
    }

    [Fact]
    public void An_episode_is_whole_once_another_follows_or_nothing_came_since_the_last_look()
    {
        var tail = new TableTail(File);
        Assert.True(tail.Read());
        System.IO.File.WriteAllText(File, "episode,x\n0,1\n");
        Assert.Equal(0, Look());
        System.IO.File.AppendAllText(File, "0,2\n1,1\n");
        Assert.Equal(1, Look());
        Assert.Equal(2, Look());

        int Look()
        {
            Assert.True(tail.Read());
            return tail.Whole;
        }
    }

    [Fact]
    public void A_file_that_became_shorter_is_another_one()
    {
        System.IO.File.WriteAllText(File, "episode,x\n0,1\n");
        var tail = new TableTail(File);
        Assert.True(tail.Read());
        System.IO.File.WriteAllText(File, "episode,x\n");
        Assert.False(tail.Read());
    }

    [Fact]
    public void A_row_far_within_an_episode_is_found_by_reading_its_neighbours_only()
    {
        System.IO.File.WriteAllText(
            File, "episode,x\n" + string.Concat(Enumerable.Range(0, 1000).Select(row => $"0,{row}\n")) + "1,7\n");
        var tail = new TableTail(File);
        Assert.True(tail.Read());
        foreach (int index in (int[])[0, 255, 256, 700, 999])
        {
            var (from, to, row) = tail.Episodes[0].Around(index);
            var lines = Encoding.UTF8.GetString(tail.Bytes(from, to)).Split('\n');
            Assert.Equal($"0,{index}", lines[row]);
            Assert.True(lines.Length <= 257);
        }

        Assert.Equal("1,7\n", Encoding.UTF8.GetString(tail.Bytes(tail.Episodes[1].Start, tail.Episodes[1].End)));
    }
}
