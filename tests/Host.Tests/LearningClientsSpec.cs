using FLCrowd.Model.Quadratic;

namespace FLCrowd.Host.Tests;

/// <summary>Clients that find out by themselves what to do, in games of the real actors.</summary>
public sealed class LearningClientsSpec : IDisposable
{
    private const string Given = "batch-slope = [1.8], effort-slope = [0.1], report-curvature = [0.2], constant = 0";

    private const string Printed = $$"""
        flcrowd {
          learning { model = quadratic, step-size = 0.1, rounds = 20 }
          game {
            mechanism = lceme, computation-cost = 0.005
            lceme { surrogate = given, surrogate-options { {{Given}} } }
          }
          clients = [{ strategy = best-response, share = 1 }]
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("exact")]
    [InlineData("grid")]
    [InlineData("continuous")]
    public async Task By_the_corrected_bound_everybody_is_truthful_in_the_first_revision(string search)
    {
        var played = await Played.FileAsync(
            Printed, "game.assignment=61", $"clients=[{{ strategy = best-response, search = {search}, share = 1 }}]");
        Assert.All(
            played.Episodes[0].Clients, client => Assert.Equal((1.0, 61), (client.Action!.Value.Effort, client.Action.Value.BatchSize)));
        Assert.All(played.Episodes[0].Clients, client => Assert.Equal(1, client.Action!.Value.Gamma, 1e-6));
        Assert.All(played.Episodes[0].Clients, client => Assert.Equal(0, client.SurrogatePayoff!.Value, 1e-6));
    }

    [Theory]
    [InlineData(19)]
    [InlineData(59)]
    public async Task Between_the_printed_and_the_corrected_limit_everybody_shirks_labeling(int batchSize)
    {
        var played = await Played.FileAsync(Printed, $"game.assignment={batchSize}", "game.lceme.as-printed=true");
        Assert.All(played.Episodes[0].Clients, client => Assert.Equal(new ClientAction(0, batchSize, 1), client.Action));
    }

    [Fact]
    public async Task Ten_clients_with_nothing_but_their_own_payoffs_end_near_an_equilibrium()
    {
        // A quarter of what doing as asked costs. A payoff's noise is over twice that.
        double epsilon = await EpsilonAsync(61);
        Assert.True(epsilon < 6.5, $"a client could gain {epsilon}");
    }

    /// <summary>The most that a client could gain where the shipped experiment ends, by any action of a grid, by exact expected payoffs;
    /// after 40 rounds the model is as good as after its 100.</summary>
    private static async Task<double> EpsilonAsync(int seed)
    {
        var shipped = Configured.Shipped("experience", $"seed={seed}", "learning.rounds=40");
        var played = await Played.PlanAsync(Configured.Catalog, shipped.Plan, threads: 1);
        var profile = played.Episodes[^1].Clients.Select(client => client.Action!.Value).ToArray();
        var (game, costs) = (played.Plan.Games[0], new ClientCosts(20, 1e-3));
        var world = QuadraticWorld.Create(new QuadraticOptions(), new LearningSetup(() => throw new InvalidOperationException())
        {
            Seed = new Seed(game.Seed),
            Weights = [.. Enumerable.Repeat(0.1, 10)],
            Partition = game.Learning.Partition,
        });

        int contributing = profile.Count(action => action is { Effort: > 0.5, Gamma: > 0.1 });
        Assert.InRange(contributing, 1, 4);
        Assert.Equal(10 - contributing, profile.Count(action => action is { Effort: 0, Gamma: < 0.1 }));
        Assert.InRange(Epsilon([.. Enumerable.Repeat(new ClientAction(1, 60, 1), 10)]), 20, 30);
        return Epsilon(profile);

        double Epsilon(ClientAction[] actions) => Enumerable.Range(0, 10).Max(client => Regret(actions, client));

        double Regret(ClientAction[] actions, int client)
        {
            var others = (ClientAction[])actions.Clone();
            double kept = Payoff(actions[client]), best = kept;
            foreach (double effort in (double[])[0, 0.5, 1])
            {
                foreach (int size in (int[])[1, 2, 5, 10, 20, 30, 40, 50, 60, 80, 120])
                {
                    for (double gamma = 0; gamma <= 3; gamma += 0.05)
                    {
                        best = Math.Max(best, Payoff(new ClientAction(effort, size, gamma)));
                    }
                }
            }

            return best - kept;

            double Payoff(ClientAction action)
            {
                others[client] = action;
                return (-1000 * world.ExpectedLoss(others, game.Learning.Protocol)) - costs.Of(action, game.Learning.Protocol);
            }
        }
    }

    [Fact]
    public async Task What_learners_do_does_not_depend_on_threads()
    {
        File.WriteAllText(_folder.In("learners.conf"), Learners.Experiment(episodes: 40, rounds: 10));
        foreach (string threads in (string[])["1", "2"])
        {
            var run = await FlcrowdProcess.RunAsync(_folder.Path, ["run", "learners.conf", "--out", threads, "--threads", threads]);
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
        }

        Assert.Equal(File.ReadAllText(_folder.In("1/clients.csv")), File.ReadAllText(_folder.In("2/clients.csv")));
    }
}
