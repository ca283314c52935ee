using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tables;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Recording;

/// <summary>Files on a disk that fills up at one step or another.</summary>
public sealed class DiskSpec : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flcrowd-disk-").FullName;

    public void Dispose()
    {
        Disk.Stepping = null;
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_file_is_replaced_as_a_whole_or_stays_as_it_was()
    {
        Disk.WriteText(In("a"), "old");
        int steps = 0;
        for (bool failed = true; failed; steps++)
        {
            Fill(after: steps);
            failed = false;
            try
            {
                Disk.Write(In("a"), file => file.Write("new"u8), durably: true);
            }
            catch (DiskException e)
            {
                failed = true;
                Assert.True(e.IsFull);
                Assert.Equal($"{In("a")} cannot be written: No space left on device; make room on the disk of {_folder}", e.Message);
            }

            Assert.Equal(failed ? "old" : "new", File.ReadAllText(In("a")));
            Assert.Equal([In("a")], Directory.EnumerateFiles(_folder));
        }

        // To make the draft, write, flush and move it; then there was room for all.
        Assert.Equal(4 + 1, steps);
    }

    [Theory]
    [InlineData("Read-only file system : '/x/a.123.new'", "Read-only file system")]
    [InlineData("The network path was not found.", "The network path was not found")]
    public void What_else_is_wrong_is_said_of_the_file_itself(string said, string reason)
    {
        Disk.Stepping = path => throw (IsOurs(path) ? new IOException(said) : new InvalidOperationException());
        var e = Assert.Throws<DiskException>(() => Disk.WriteText(In("a"), "new"));
        Assert.Equal((false, $"{In("a")} cannot be written: {reason}"), (e.IsFull, e.Message));
    }

    [Fact]
    public void Tables_end_with_the_last_episode_that_all_of_them_could_take()
    {
        using (var whole = new CsvSink(Directory.CreateDirectory(In("whole")).FullName, RunColumns.None))
        {
            whole.Write(Episode(0));
        }

        // Each table hands over and flushes what it has, once for its header and once for an episode.
        for (int after = 0; after < 3 * 2; after++)
        {
            using var sink = new CsvSink(_folder, RunColumns.None);
            sink.Write(Episode(0));
            Fill(after);
            Assert.Throws<DiskException>(() => sink.Write(Episode(1)));
            Disk.Stepping = null;
            foreach (var table in (string[])["episodes.csv", "rounds.csv", "clients.csv"])
            {
                Assert.Equal(File.ReadAllText(In($"whole/{table}")), File.ReadAllText(In(table)));
            }
        }
    }

    private void Fill(int after)
    {
        int steps = 0;
        Disk.Stepping = path =>
        {
            if (IsOurs(path) && ++steps > after)
            {
                throw new IOException($"No space left on device : '{path}.123.new'", FullDisk.Code);
            }
        };
    }

    private bool IsOurs(string path) => path.StartsWith(_folder, StringComparison.Ordinal);

    private string In(string name) => Path.Combine(_folder, name);

    private static RecordedEpisode Episode(int number) => new(
        Games.Of(("truthful", 1)), number, new EpisodeResult(0, number, 1, [new(0, new Evaluation(1, 2, 3))], 4, 5, 6),
        [new ClientOutcome(0, 0, "truthful", 1, 50, new ClientAction(1, 5, 1), 10, 2.5, null)]);
}
