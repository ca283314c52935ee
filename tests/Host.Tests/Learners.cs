namespace FLCrowd.Host.Tests;

/// <summary>One game of all strategies that learn, in cohorts: what they do next depends on all that they remember.</summary>
internal static class Learners
{
    /// <summary>An experiment of ten clients in the quadratic world.</summary>
    /// <param name="episodes">How many episodes they learn in.</param>
    /// <param name="rounds">How many rounds each has.</param>
    public static string Experiment(int episodes, int rounds) => $$"""
        flcrowd {
          learning { model = quadratic, step-size = 0.1, rounds = {{rounds}} }
          game { assignment = 60 }
          data { clients = 10 }
          clients = [
            { strategy = best-response, belief = experience, count = 2 }, { strategy = epsilon-greedy, count = 2 }
            { strategy = regret-matching, count = 2 }, { strategy = imitation, count = 2 }
            { strategy = mixed, strategies = [{ strategy = truthful }, { strategy = misreport }, { strategy = free-rider }], count = 2 }
          ]
          experiment { episodes = {{episodes}}, publish-payoffs = on, revision { order = random, turn = 2, inertia = 0.2 } }
          execution { cohort-size = 3 }
        }
        """;
}
