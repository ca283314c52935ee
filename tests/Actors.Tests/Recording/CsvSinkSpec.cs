using System.Globalization;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tables;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Recording;

public sealed class CsvSinkSpec : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("flcrowd-test-").FullName;

    [Fact]
    public void The_tables_have_their_columns_and_end_lines_with_line_feeds()
    {
        Write(["data.heterogeneity"], Episode(["0.4"], null));
        Assert.Equal(
            "episode,seed,mechanism,training_loss,test_loss,accuracy,total_reward,server_payoff,data.heterogeneity,game,paid_loss,rent\n"
            + "3,7,pay,0.5,0.25,0.75,12.5,-37.5,0.4,2,0.375,7.5\n",
            Read("episodes.csv"));
        Assert.Equal(
            "episode,round,training_loss,test_loss,accuracy\n3,0,1E+300,Infinity,\n3,4,0.5,0.25,0.75\n",
            Read("rounds.csv"));
        Assert.Equal(
            "episode,client,strategy,assigned_effort,assigned_batch_size,effort,batch_size,gamma,reward,cost,payoff,u_hat,failure\n"
            + "3,0,vendor/lazy,1,50,0.1,5,0.3333333333333333,10,2.5,7.5,,\n"
            + "3,1,truthful,1,50,,,,0,0,0,,\n",
            Read("clients.csv"));
    }

    [Fact]
    public void A_run_that_asks_for_classes_has_a_table_of_them_and_a_column()
    {
        var episode = Episode([], null);
        TestedClass[] classes = [new(6, 5, 4, "cat, tame"), new(3, 9, 2, "dog"), new(0, 0, 0, ""), new(5, 0, 0, "owl")];
        Write([], episode with { Result = episode.Result with { Classes = classes } }, TestedClasses.Setting);
        Assert.Equal(
            "episode,class,name,samples,predicted,recall,precision,f1\n"
            + "3,0,\"cat, tame\",6,5,0.6666666666666666,0.8,0.7272727272727273\n"
            + "3,1,dog,3,9,0.6666666666666666,0.2222222222222222,0.3333333333333333\n"
            + "3,2,,0,0,,,\n"
            + "3,3,owl,5,0,0,,0\n",
            Read("classes.csv"));
        Assert.Equal(
            "episode,seed,mechanism,training_loss,test_loss,accuracy,total_reward,server_payoff,game,paid_loss,rent,macro_f1\n"
            + "3,7,pay,0.5,0.25,0.75,12.5,-37.5,2,0.375,7.5,0.35353535353535354\n",
            Read("episodes.csv"));
    }

    [Fact]
    public void No_other_run_has()
    {
        var episode = Episode([], null);
        Write([], episode with { Result = episode.Result with { Classes = [new(6, 5, 4, "cat")] } });
        Assert.EndsWith(",rent", File.ReadLines(Path.Combine(_directory, "episodes.csv")).First(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_directory, "classes.csv")));
    }

    [Fact]
    public void Fields_with_commas_quotes_and_line_breaks_are_quoted()
    {
        Write(["a,b"], Episode(["x \"y\""], "first,\nsecond \"third\""));
        Assert.Contains("server_payoff,\"a,b\",game,paid_loss,rent\n", Read("episodes.csv"));
        Assert.Contains(",\"x \"\"y\"\"\",2,0.375,7.5\n", Read("episodes.csv"));
        Assert.EndsWith(",,\"first,\nsecond \"\"third\"\"\"\n", Read("clients.csv"));
    }

    [Fact]
    public void Numbers_are_written_so_that_they_can_be_read_back_to_the_last_bit()
    {
        double number = 0.1 + 0.2;
        var episode = Episode([], null);
        Write([], episode with { Result = episode.Result with { TotalReward = number } });
        Assert.Equal(number, double.Parse(Read("episodes.csv").Split('\n')[1].Split(',')[6], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void An_episode_is_on_the_disk_when_it_is_written()
    {
        using var sink = new CsvSink(_directory, RunColumns.None);
        sink.Write(Episode([], null));
        foreach (string table in (string[])["episodes.csv", "rounds.csv", "clients.csv"])
        {
            using var stream = new FileStream(Path.Combine(_directory, table), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            Assert.Contains("\n3,", reader.ReadToEnd());
        }
    }

    [Fact]
    public void The_tables_start_with_their_header_and_no_byte_order_mark()
    {
        Write([], Episode([], null));
        Assert.Equal((byte)'e', File.ReadAllBytes(Path.Combine(_directory, "episodes.csv"))[0]);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private void Write(string[] swept, RecordedEpisode episode, params string[] wanted)
    {
        using var sink = new CsvSink(_directory, new RunColumns { Swept = RunColumns.Texts(swept), Wanted = wanted });
        sink.Write(episode);
    }

    private string Read(string table) => File.ReadAllText(Path.Combine(_directory, table));

    private static RecordedEpisode Episode(string[] swept, string? failure)
    {
        GameDefinition game = Games.Of(("truthful", 2)) with { Game = 2, Swept = swept };
        RoundEvaluation[] rounds =
        [
            new(0, new Evaluation(1e300, double.PositiveInfinity, double.NaN)),
            new(4, new Evaluation(0.5, 0.25, 0.75)),
        ];
        return new RecordedEpisode(game, 3, new EpisodeResult(2, 0, 1, rounds, 12.5, -37.5, 0.375), [
            new ClientOutcome(0, 0, "vendor/lazy", 1, 50, new ClientAction(0.1, 5, 1 / 3.0), 10, 2.5, null),
            new ClientOutcome(1, 0, "truthful", 1, 50, null, 0, 0, failure)]);
    }
}
