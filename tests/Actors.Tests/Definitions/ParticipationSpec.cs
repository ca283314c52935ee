using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Server;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Definitions;

/// <summary>Who is asked, and who is heard, how often.</summary>
public sealed class ParticipationSpec
{
    private const int Clients = 12;
    private const int Rounds = 4000;

    /// <summary>Of 12 clients, about one in a hundred thousand is so far from what it should be.</summary>
    private const double Deviations = 4.5;

    [Fact]
    public void Without_settings_everybody_takes_part()
    {
        var everyone = Of(null);
        Assert.True(everyone.IsFull);
        Assert.Equal((1.0, Rounds, Rounds), (everyone.RateOf(3), everyone.Asked(0, 3), everyone.Heard(0, 3)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_rate_asks_each_client_by_itself_as_often_as_it_says(bool bySamples)
    {
        var participation = Of(new ParticipationSettings { Rate = 0.3, IsBySamples = bySamples });
        Assert.Equal(0.3 * Clients, Enumerable.Range(0, Clients).Sum(participation.RateOf), 1e-9);
        AssertFrequencies(participation.RateOf, participation.IsAsked);
        Assert.All(Enumerable.Range(0, Clients), client => Assert.Equal(
            bySamples ? 0.3 * Clients * Samples(client) / Enumerable.Range(0, Clients).Sum(Samples) : 0.3,
            participation.RateOf(client), 1e-9));

        // Independent: pairs meet as often as chance has it.
        AssertPairs(participation, pair => participation.RateOf(pair.One) * participation.RateOf(pair.Other));
    }

    [Fact]
    public void A_count_asks_exactly_so_many_and_every_pair_alike()
    {
        var participation = Of(new ParticipationSettings { Count = 5 });
        Assert.All(Enumerable.Range(1, Rounds), round => Assert.Equal(5, Asked(participation, 0, round).Count()));
        AssertFrequencies(_ => 5.0 / Clients, participation.IsAsked);
        AssertPairs(participation, _ => 5.0 / Clients * 4 / (Clients - 1));
    }

    [Fact]
    public void A_count_by_samples_asks_exactly_so_many_in_proportion()
    {
        var participation = Of(new ParticipationSettings { Count = 3, IsBySamples = true });
        Assert.All(Enumerable.Range(1, Rounds), round => Assert.Equal(3, Asked(participation, 1, round).Count()));
        int total = Enumerable.Range(0, Clients).Sum(Samples);
        AssertFrequencies(client => 3.0 * Samples(client) / total, participation.IsAsked);
    }

    [Fact]
    public void Whoever_would_be_asked_more_than_always_is_asked_always()
    {
        // 9 of 12, in proportion to 1 .. 12: the largest are certain, and the others share what is left.
        var participation = Of(new ParticipationSettings { Count = 9, IsBySamples = true });
        Assert.Equal(9, Enumerable.Range(0, Clients).Sum(participation.RateOf), 1e-9);
        Assert.Equal(1, participation.RateOf(11));
        Assert.All(Enumerable.Range(0, Clients), client => Assert.InRange(participation.RateOf(client), 1e-9, 1));
        AssertFrequencies(participation.RateOf, participation.IsAsked);
    }

    [Fact]
    public void Whoever_drops_out_is_asked_and_not_heard()
    {
        var participation = Of(new ParticipationSettings
        {
            Rate = 0.5,
            DropOut = [.. Enumerable.Range(0, Clients).Select(client => client / 20.0)],
        });
        AssertFrequencies(_ => 0.5, participation.IsAsked);
        AssertFrequencies(client => 0.5 * (1 - client / 20.0), participation.IsHeard);
        AssertFrequencies(participation.HeardRateOf, participation.IsHeard);
        Assert.All(Enumerable.Range(1, Rounds), round => Assert.All(
            Enumerable.Range(0, Clients).Where(client => participation.IsHeard(0, round, client)),
            client => Assert.True(participation.IsAsked(0, round, client))));
        Assert.Equal(
            Enumerable.Range(1, Rounds).Count(round => participation.IsHeard(2, round, 7)), participation.Heard(2, 7));
    }

    [Fact]
    public void A_schedule_says_who_takes_part()
    {
        var participation = Of(new ParticipationSettings
        {
            Schedule = [new AttendedRounds(1, 1, 10), new AttendedRounds(1, 21, 30), new AttendedRounds(4, 5000, 6000)],
        });
        Assert.Equal((20, 0, Rounds), (participation.Asked(3, 1), participation.Asked(0, 4), participation.Asked(0, 0)));
        Assert.Equal(20.0 / Rounds, participation.RateOf(1));
        Assert.Equal(
            [true, false, false, true, false],
            ((int[])[10, 11, 20, 21, 31]).Select(round => participation.IsAsked(0, round, 1)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1000)]
    public void A_shuffle_has_every_position_once(int count)
    {
        var shuffle = new Shuffle(new Seed(3).For("order", count), count);
        Assert.Equal(Enumerable.Range(0, count), Enumerable.Range(0, count).Select(shuffle.PositionOf).Order());
    }

    /// <summary>Over all that may be heard, each weighted by its probability, the update is that of all clients.</summary>
    [Fact]
    public void The_mean_of_unbiased_updates_is_the_full_update()
    {
        const int Few = 4;
        double[] weights = [0.1, 0.2, 0.3, 0.4];
        var participation = Participation.Of(
            Game(new ParticipationSettings { Rate = 0.4, IsUnbiased = true, IsBySamples = true, DropOut = [0, 0.5, 0.1, 0.2] }, Few),
            new SizedModel());
        var mean = new UnbiasedMean(new FakeMean(), participation, total: 1);
        float[] global = [1, -2, 0.5f], full = new float[3];
        var reports = Enumerable.Range(0, Few).Select(client => new ReportedModel
        {
            Client = client,
            Weight = weights[client],
            Model = new float[] { client, 3 * client - 1, client * client },
        }).ToList();
        ((IAggregator)new FakeMean()).Aggregate(global, reports, full);

        var expected = new double[3];
        for (int heard = 0; heard < 1 << Few; heard++)
        {
            var next = new float[3];
            mean.Aggregate(global, [.. reports.Where(report => (heard >> report.Client & 1) == 1)], next);
            double probability = Enumerable.Range(0, Few).Aggregate(1.0, (product, client) =>
                product * ((heard >> client & 1) == 1 ? participation.HeardRateOf(client) : 1 - participation.HeardRateOf(client)));
            for (int i = 0; i < 3; i++)
            {
                expected[i] += probability * next[i];
            }
        }

        Assert.All(expected.Zip(full), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
    }

    private static int Samples(int client) => client + 1;

    private static Participation Of(ParticipationSettings? settings) => Participation.Of(Game(settings, Clients), new SizedModel());

    private static GameDefinition Game(ParticipationSettings? settings, int clients) =>
        (Games.Of(("truthful", clients)) with { Seed = 8 }).Rounds(Rounds).Learning(learning => learning with { Participation = settings });

    private static IEnumerable<int> Asked(Participation participation, int episode, int round) =>
        Enumerable.Range(0, Clients).Where(client => participation.IsAsked(episode, round, client));

    private static void AssertFrequencies(Func<int, double> rate, Func<int, int, int, bool> takesPart) =>
        Assert.All(Enumerable.Range(0, Clients), client =>
        {
            double often = Enumerable.Range(1, Rounds).Count(round => takesPart(0, round, client));
            double spread = Math.Sqrt(Rounds * rate(client) * (1 - rate(client)));
            Assert.InRange(often - Rounds * rate(client), -Deviations * spread - 1e-9, Deviations * spread + 1e-9);
        });

    private static void AssertPairs(Participation participation, Func<(int One, int Other), double> together)
    {
        var met = new int[Clients, Clients];
        for (int round = 1; round <= Rounds; round++)
        {
            int[] asked = [.. Asked(participation, 0, round)];
            foreach (int one in asked)
            {
                foreach (int other in asked.Where(other => other > one))
                {
                    met[one, other]++;
                }
            }
        }

        for (int one = 0; one < Clients; one++)
        {
            for (int other = one + 1; other < Clients; other++)
            {
                double rate = together((one, other)), spread = Math.Sqrt(Rounds * rate * (1 - rate));
                Assert.InRange(met[one, other] - Rounds * rate, -Deviations * spread, Deviations * spread);
            }
        }
    }

    /// <summary>A model of clients that hold 1, 2, 3, ... samples.</summary>
    private sealed class SizedModel : ILearningModel
    {
        public int ParameterCount => 3;

        public int ClassCount => 2;

        public int SampleCount(int client) => Samples(client);

        public void Initialise(Span<float> model) => model.Clear();

        public ClientLabels Label(LabelingTask task) => throw new NotSupportedException();

        public void Train(ReadOnlySpan<float> global, TrainingProtocol protocol, IReadOnlyList<LocalTask> chunk) =>
            throw new NotSupportedException();

        public Evaluation Evaluate(ReadOnlySpan<float> model) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
