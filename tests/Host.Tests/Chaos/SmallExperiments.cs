using System.Globalization;

namespace FLCrowd.Host.Tests.Chaos;

/// <summary>An experiment of every kind, each of which takes some seconds: long enough to be struck in the middle.</summary>
internal static class SmallExperiments
{
    public static readonly string[] Kinds = ["play", "sweep", "regret", "dynamics", "population", "collection"];

    /// <summary>What a cluster file says of nodes that are silent.</summary>
    public static string Silence(TimeSpan pause)
    {
        double silent = pause.TotalMilliseconds;
        return string.Create(CultureInfo.InvariantCulture, $$"""
            flcrowd.cluster.akka.cluster {
              failure-detector { heartbeat-interval = {{silent / 10}}ms, acceptable-heartbeat-pause = {{silent}}ms }
              split-brain-resolver.stable-after = {{0.8 * silent}}ms
            }
            """);
    }

    /// <summary>Files of all kinds, each named by its kind.</summary>
    public static void Write(TemporaryFolder folder)
    {
        Write("play", Learners(episodes: 60));
        Write("sweep", Experiment(clients: 10, """
            kind = sweep, seeds = 8
            variants { truthful {}, shirkers { clients = [{ strategy = shirk-labeling, count = 3 }, { strategy = truthful, share = 1 }] } }
            grid { "game.assignment" = [20, 60] }
            """));
        Write("regret", Experiment(clients: 6, """
            kind = regret
            regret {
              clients = [1, 4], efforts = [0, 1], batch-factors = [0.5, 1], gammas = [1, 2], reports = none
              replicates = 6, max-replicates = 12
            }
            """));
        Write("dynamics", Experiment(clients: 6, """
            kind = dynamics
            dynamics { method = best-response, payoffs = played, revisions = 4 }
            revision.order = round-robin
            regret {
              clients = [0], efforts = [0, 1], batch-factors = [1], gammas = [0, 1], reports = none
              replicates = 4, max-replicates = 8
            }
            """));
        Write("population", Experiment(clients: 5, """
            kind = population, seeds = 3
            population.strategies {
              truthful { strategy = truthful }, "gamma 2" { strategy = misreport, gamma = 2 }, shirk { strategy = shirk-labeling }
            }
            """));
        Write("parts-play", Learners(episodes: 25));
        Write("parts-sweep", Experiment(clients: 10, """kind = sweep, seeds = 20, grid { "game.assignment" = [20, 60] }"""));
        Write("collection", """flcrowd.experiment { kind = collection, experiments = ["parts-play.conf", "parts-sweep.conf"] }""");

        void Write(string kind, string experiment) => File.WriteAllText(folder.In($"{kind}.conf"), experiment);
    }

    /// <summary>All strategies that learn: what they do next depends on all that they remember.</summary>
    private static string Learners(int episodes) => Host.Tests.Learners.Experiment(episodes, Rounds).Replace(
        "execution { cohort-size = 3 }", Execution, StringComparison.Ordinal);

    private static string Experiment(int clients, string experiment) => $$"""
        flcrowd {
          data.clients = {{clients}}
          learning { model = quadratic, step-size = 0.1, rounds = {{Rounds}} }
          game.assignment = 60
          experiment { {{experiment}} }
          {{Execution}}
        }
        """;

    private const int Rounds = 60;

    private const string Execution = "execution { cohort-size = 2, evaluate-every = 7, checkpoint-every = 100ms, resend-after = 1s }";
}
