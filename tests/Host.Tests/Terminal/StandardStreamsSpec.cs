using System.Text;
using System.Text.Json;
using FLCrowd.Host.Terminal;

namespace FLCrowd.Host.Tests.Terminal;

/// <summary>What cannot be shown does not matter to what is played.</summary>
public sealed class StandardStreamsSpec : IDisposable
{
    private const string Game = "flcrowd { data.clients = 2, learning { model = quadratic, step-size = 0.1, rounds = 1 } }";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_cannot_be_written_is_lost_and_what_comes_after_it_is_not()
    {
        using var screen = new Screen { Fails = text => text.StartsWith("second", StringComparison.Ordinal) };
        using var error = new MemoryStream();
        var streams = new StandardStreams(screen, error, Encoding.UTF8);
        streams.Output.WriteLine("first");
        streams.Output.WriteLine("second");
        streams.Error.Write("an error");
        streams.Output.WriteLine("third");
        Assert.Contains(
            "a terminal that is gone", Assert.Throws<IOException>(() => streams.Hand("second result")).Message, StringComparison.Ordinal);
        streams.Hand("result");
        streams.End();
        Assert.Equal($"first{Environment.NewLine}third{Environment.NewLine}result", screen.Text);
        Assert.Equal("an error", Encoding.UTF8.GetString(error.ToArray()));
    }

    [Fact]
    public void Nobody_waits_for_a_reader_but_the_end_of_the_process()
    {
        using var screen = new Screen { IsRead = false };
        var streams = new StandardStreams(screen, null, Encoding.UTF8);
        streams.Output.Write("begun");
        Assert.True(screen.IsWaiting.Wait(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));

        // All of these return although nothing is read; the oldest go.
        for (int line = 0; line < 15_000; line++)
        {
            streams.Output.Write($"{line};");
            streams.Error.Write("nobody hears that");
        }

        screen.Read();
        streams.End();
        Assert.Equal(
            ["begun", .. Enumerable.Range(10_000, 5_000).Select(line => $"{line}")],
            screen.Text.Replace("begun", "begun;", StringComparison.Ordinal).TrimEnd(';').Split(';'));
    }

    [Theory]
    [InlineData("> /dev/full", 0)]
    [InlineData(">&-", 0)]
    [InlineData(">&- 2>&- <&-", 0)]
    [InlineData("--json > /dev/full", 3)]
    [InlineData("--json >&-", 3)]
    [InlineData("2> /dev/full | head -n 1", 0)]
    public async Task A_run_without_a_screen_is_like_any_other(string shell, int exit)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full, and descriptors as Linux has them");
        await File.WriteAllTextAsync(_folder.In("good.conf"), Game, TestContext.Current.CancellationToken);
        using var process = FlcrowdProcess.StartProgram(
            ["sh", "-c", $"{{ \"$@\" {shell.Replace("| head", "; echo $? > code; } | { head", StringComparison.Ordinal)}; }}", "sh"],
            _folder.Path, [],
            "run", "good.conf", "--out", "out");
        var run = await FlcrowdProcess.EndAsync(process);
        Assert.Equal(exit, File.Exists(_folder.In("code"))
            ? int.Parse(await File.ReadAllTextAsync(_folder.In("code"), TestContext.Current.CancellationToken), null)
            : run.ExitCode);
        using var record = JsonDocument.Parse(
            await File.ReadAllTextAsync(_folder.In("out/run.json"), TestContext.Current.CancellationToken));
        Assert.Equal("completed", record.RootElement.GetProperty("status").GetString());
        Assert.Equal(2, File.ReadLines(_folder.In("out/episodes.csv")).Count());
        Assert.StartsWith("<!DOCTYPE html>", File.ReadLines(_folder.In("out/report.html")).First(), StringComparison.Ordinal);
        if (exit == 3)
        {
            Assert.Contains("flcrowd: standard output cannot be written: ", run.Error, StringComparison.Ordinal);
        }
    }

    /// <summary>A stream that fails or waits as its test says.</summary>
    private sealed class Screen : MemoryStream
    {
        private readonly ManualResetEventSlim _read = new();

        public Func<string, bool> Fails { get; init; } = _ => false;

        public bool IsRead { get; init; } = true;

        public ManualResetEventSlim IsWaiting { get; } = new();

        public string Text => Encoding.UTF8.GetString(ToArray());

        public void Read() => _read.Set();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (!IsRead)
            {
                IsWaiting.Set();
                _read.Wait();
            }

            if (Fails(Encoding.UTF8.GetString(buffer)))
            {
                throw new IOException("a terminal that is gone");
            }

            base.Write(buffer);
        }
    }
}
