using Akka.Actor;
using Akka.Event;
using FLCrowd.Experiments.Nodes;

namespace FLCrowd.Host.Tests.Running;

/// <summary>What of the log reaches whoever runs the program.</summary>
public class StandardErrorLogSpec
{
    private const string Source = "akka://flcrowd/user/x";

    [Theory]
    [InlineData(LogLevel.WarningLevel, true, false)]
    [InlineData(LogLevel.ErrorLevel, true, false)]
    [InlineData(LogLevel.InfoLevel, true, true)]
    [InlineData(LogLevel.DebugLevel, true, true)]
    public void Akka_warns_where_that_is_asked_for_and_we_always_do(LogLevel level, bool ours, bool akkas)
    {
        Assert.Equal(ours, StandardErrorLog.IsShown(new Warning(Source, typeof(LocalNode), "late"), level));
        Assert.Equal(akkas, StandardErrorLog.IsShown(new Warning(Source, typeof(ActorSystem), "late"), level));
        Assert.Equal(akkas, StandardErrorLog.IsShown(new Info(Source, typeof(LocalNode), "there"), level));
        Assert.True(StandardErrorLog.IsShown(new Error(null, Source, typeof(ActorSystem), "lost"), level));
    }

    [Fact]
    public void A_line_says_what_and_where_it_is_not_ours_by_whom()
    {
        Assert.Equal(
            "warning: waiting for a worker", StandardErrorLog.Line(new Warning(Source, typeof(LocalNode), "waiting\nfor a worker")));
        Assert.Equal(
            $"error: {Source}: lost: IOException: disk full",
            StandardErrorLog.Line(new Error(new IOException("disk full"), Source, typeof(ActorSystem), "lost")));
    }

    [Fact]
    public void Of_a_kind_there_is_a_line_every_few_seconds_and_the_number_of_those_between()
    {
        var clock = new FakeClock();
        var lines = new RepeatedLines(clock);
        Assert.Equal("first", lines.Pass("kind", "first"));
        for (int i = 0; i < 5000; i++)
        {
            Assert.Null(lines.Pass("kind", "again"));
        }

        Assert.Equal("other", lines.Pass("other kind", "other"));
        Assert.Equal(["again (4,999 more of this kind before)"], lines.Rest());
        clock.Now += TimeSpan.FromSeconds(10).Ticks;
        Assert.Equal("later (5,000 more of this kind before)", lines.Pass("kind", "later"));
        Assert.Empty(lines.Rest());
    }

    private sealed class FakeClock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }
}
