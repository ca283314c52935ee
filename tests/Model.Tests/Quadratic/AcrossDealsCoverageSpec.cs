using FLCrowd.Analysis.Regret;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Model.Quadratic;

namespace FLCrowd.Model.Tests.Quadratic;

/// <summary>
/// Whether what is said across deals holds as often as it claims: in 500 quadratic games of random shape, each on a few deals that are
/// played with noise, stage by stage as the program does. The truth is the mean of the closed form over many other deals.
/// </summary>
public sealed class AcrossDealsCoverageSpec
{
    private const int Games = 500, ExactDeals = 300;

    /// <summary>95 % less 2.6 standard errors of the simulation.</summary>
    private const double Least = 0.95 - 2.6 * 0.00975;

    private const string Resampled = "a bootstrap of two levels", OneDeal = "the interval of one deal";

    private static readonly RegretDesign Design = new(
        Confidence: 0.95, Tolerance: 0.1, Replicates: 8, MaxReplicates: 32, Efforts: [0, 1], BatchFactors: [0.1], Gammas: [0, 1.5],
        Blocks: [new RegretBlock("", [], [new RegretClient(0, 1), new RegretClient(1, 1)])]);

    private static readonly IReadOnlyList<Deviation> Deviations = Design.Deviations(Design.Blocks[0]);

    [Fact]
    public void Intervals_across_deals_hold_in_quadratic_games_and_those_of_one_deal_do_not()
    {
        var hits = new Dictionary<string, int>();
        for (int number = 0; number < Games; number++)
        {
            var game = new Game(new Seed(17).For("game", number));
            var (gains, best, worst) = game.Truth();
            var deals = Enumerable.Range(0, game.Deals).Select(game.Measure).ToList();
            var across = DealsAnalysis.Of(Design, [.. deals.Select(deal => deal.Result)])!;
            int one = number % Deviations.Count;
            var alone = TwoLevelMean.Of([.. deals.Select(deal => Moments.Of(deal.Gains[one]))], 0.025);
            var (low, high) = Bootstrap([.. deals.Select(deal => deal.Gains[one])], new Seed(18).For("bootstrap", number));
            var conditional = MeanLimits.Of(deals[0].Gains[one], 0.025);
            Count("all deviations", across.Gains.Zip(gains).All(pair => pair.First.Gain.Limits.Contains(pair.Second)));
            Count("one deviation", alone.Limits.Contains(gains[one]));
            Count("the best fixed deviations", across.Clients.All(client => client.FixedLimits.Contains(Math.Max(0, Deviations.Zip(gains)
                .Where(pair => pair.First.Client == client.Client.Client).Max(pair => pair.Second)))));
            Count("the best deviations of each deal", across.Clients.Zip(best).All(pair => pair.First.Best.Limits.Contains(pair.Second))
                && across.Worst!.Limits.Contains(worst));
            Count("verdicts", across.Gains.Zip(gains).All(pair => pair.First.Verdict == GainVerdict.Open
                || pair.First.Verdict == GainVerdict.Above == pair.Second > pair.First.Threshold));
            Count(Resampled, low <= gains[one] && gains[one] <= high);
            Count(OneDeal, conditional.Contains(gains[one]));
        }

        var found = string.Join(", ", hits.Select(entry => $"{entry.Key}: {entry.Value} of {Games}"));
        string[] wrong = [Resampled, OneDeal];
        Assert.True(hits.Where(entry => !wrong.Contains(entry.Key)).All(entry => entry.Value >= Least * Games), found);

        // Why it is not simpler: these are for the same number as "one deviation".
        Assert.True(hits[Resampled] < hits["one deviation"] - 10, found);
        Assert.True(hits[OneDeal] < 0.8 * Games, found);

        void Count(string what, bool holds) => hits[what] = hits.GetValueOrDefault(what) + (holds ? 1 : 0);
    }

    /// <summary>The percentiles of means of deals drawn again, each of replicates drawn again.</summary>
    private static (double Low, double High) Bootstrap(double[][] deals, Seed seed)
    {
        const int Draws = 400;
        int draw = 0;
        double[] means = [.. Enumerable.Range(0, Draws).Select(_ => Enumerable.Range(0, deals.Length).Average(_ =>
        {
            double[] deal = deals[seed.Index(deals.Length, draw++)];
            double sum = 0;
            for (int replicate = 0; replicate < deal.Length; replicate++)
            {
                sum += deal[seed.Index(deal.Length, draw++)];
            }

            return sum / deal.Length;
        })).Order()];
        return (means[Draws / 40], means[^(1 + Draws / 40)]);
    }

    /// <summary>A game of random shape; deals are draws of the clients' optima.</summary>
    private sealed class Game
    {
        private readonly Seed _seed;
        private readonly QuadraticOptions _options;
        private readonly TrainingProtocol _protocol;
        private readonly ClientAction[] _profile;
        private readonly double _phi;
        private readonly double _labeling;

        public Game(Seed seed)
        {
            _seed = seed;
            int clients = 2 + seed.Index(5, 0);
            _options = new QuadraticOptions
            {
                Dimension = 5,
                CentreDeviation = 0.1 + seed.Uniform(1),
                Noise = Math.Exp(4 * seed.Uniform(2)),
                Shift = 3 * seed.Uniform(3),
                Curvature = [1, 0.5, 2, 1, 1.5],
            };
            _protocol = Worlds.Protocol(rounds: 2 + seed.Index(5, 4), stepSize: 0.1 + 0.3 * seed.Uniform(5));
            _profile = [.. Enumerable.Repeat(new ClientAction(1, 20, 1), clients)];
            _phi = Math.Exp(1 + 5 * seed.Uniform(6));
            _labeling = 10 * seed.Uniform(7);
            Deals = 3 + seed.Index(6, 8);
        }

        /// <summary>How many deals are measured, 3 to 8.</summary>
        public int Deals { get; }

        /// <summary>The closed form over deals: gains of every deviation, of every client's best one, and the larger of these.</summary>
        public (double[] Gains, double[] Best, double Worst) Truth()
        {
            var sums = new double[Deviations.Count];
            var bests = new double[2];
            double worst = 0;
            for (int deal = 0; deal < ExactDeals; deal++)
            {
                var world = World("exact", deal);
                double asked = Payoff(world.ExpectedLoss(_profile, _protocol), _profile[0]);
                double[] best = [double.NegativeInfinity, double.NegativeInfinity];
                for (int k = 0; k < sums.Length; k++)
                {
                    var (client, action) = (Deviations[k].Client, Of(Deviations[k]));
                    double gain = Payoff(world.ExpectedLoss(With(client, action), _protocol), action) - asked;
                    sums[k] += gain / ExactDeals;
                    best[client] = Math.Max(best[client], gain);
                }

                bests = [.. bests.Zip(best, (sum, gain) => sum + gain / ExactDeals)];
                worst += best.Max() / ExactDeals;
            }

            return (sums, bests, worst);
        }

        /// <summary>A deal, measured stage by stage; and the gains of every deviation in the first stage.</summary>
        public (RegretResult Result, double[][] Gains) Measure(int deal)
        {
            var world = World("measured", deal);
            var block = Design.Blocks[0];
            var samples = new BlockSamples(block);
            var result = new RegretResult(block, [], []);
            int done = 0;
            foreach (int replicates in Design.Stages())
            {
                var open = done == 0
                    ? Deviations
                    : [.. result.Gains.Where(gain => !gain.IsSettled).Select(gain => gain.Deviation)];
                if (open.Count == 0)
                {
                    break;
                }

                Play(world, deal, samples, open, done, replicates);
                result = RegretAnalysis.Of(Design, block, samples);
                done = replicates;
            }

            Play(
                world, deal, samples, [.. result.Clients.Select(client => client.Best.Deviation)], Design.MaxReplicates,
                Design.MaxReplicates + Design.Replicates);
            return (
                RegretAnalysis.Of(Design, block, samples),
                [.. Deviations.Select(deviation => samples.Gains(deviation, 0, Design.Replicates))]);
        }

        private void Play(QuadraticWorld world, int deal, BlockSamples samples, IReadOnlyList<Deviation> open, int from, int to)
        {
            for (int replicate = from; replicate < to; replicate++)
            {
                var noise = Noise(_seed.For("noise", deal, replicate));
                double asked = Payoff(Loss(world, _profile, noise), _profile[0]);
                foreach (int client in (int[])[0, 1])
                {
                    samples.AddProfile(client, replicate, asked, Cost(_profile[0]));
                }

                foreach (var deviation in open)
                {
                    var action = Of(deviation);
                    samples.AddDeviation(
                        deviation, replicate, Payoff(Loss(world, With(deviation.Client, action), noise), action));
                }
            }
        }

        /// <summary>An episode of one local step a round, with noise that all plays of a replicate share.</summary>
        private double Loss(QuadraticWorld world, ClientAction[] profile, double[] noise)
        {
            double[] model = [.. world.Initial];
            for (int round = 0; round < _protocol.Rounds; round++)
            {
                for (int k = 0; k < model.Length; k++)
                {
                    double step = 0;
                    for (int client = 0; client < profile.Length; client++)
                    {
                        var action = profile[client];
                        double optimum = world.Centre(client)[k] + (1 - action.Effort) * world.Shift[k];
                        double gradient = world.Curvature[k] * (model[k] - optimum)
                            + Math.Sqrt(world.Noise / action.BatchSize) * noise[(round * profile.Length + client) * model.Length + k];
                        step += action.Gamma * gradient / profile.Length;
                    }

                    model[k] -= _protocol.StepSize * step;
                }
            }

            return world.Loss(model);
        }

        private double[] Noise(Seed seed) =>
            [.. Enumerable.Range(0, _protocol.Rounds * _profile.Length * _options.Dimension).Select(seed.Normal)];

        private QuadraticWorld World(string purpose, int deal) => QuadraticWorld.Create(
            _options, new LearningSetup(() => throw new InvalidOperationException())
            {
                Seed = _seed.For(purpose, deal),
                Weights = [.. Enumerable.Repeat(1.0 / _profile.Length, _profile.Length)],
                Partition = Worlds.Partition("last-digit", 1, 0, 1),
            });

        private ClientAction[] With(int client, ClientAction action) =>
            [.. _profile.Select((asked, other) => other == client ? action : asked)];

        private static ClientAction Of(Deviation deviation) =>
            new(deviation.Effort, (int)Math.Round(20 * deviation.BatchFactor), deviation.Gamma);

        private double Payoff(double loss, ClientAction action) => -_phi * loss - Cost(action);

        private double Cost(ClientAction action) => _labeling * action.Effort + 0.1 * action.BatchSize;
    }
}
