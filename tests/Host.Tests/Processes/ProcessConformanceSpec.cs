using FLCrowd.Conformance;
using FLCrowd.Experiments.Processes;
using static FLCrowd.Host.Tests.Processes.Python;

namespace FLCrowd.Host.Tests.Processes;

/// <summary>The rules that every strategy keeps, checked on strategies that a process plays.</summary>
public sealed class ProcessConformanceSpec : IDisposable
{
    /// <summary>What is checked is the way to the process and back: not every game has to go it.</summary>
    private static readonly IReadOnlyList<ConformanceGame> Games =
        [.. ConformanceGame.All.Where(game => game.Name is "flat pay" or "nothing to label" or "published payoffs")];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("python/truthful", false)]
    [InlineData("python/epsilon-greedy", true)]
    public void Strategies_in_Python_keep_all_rules(string name, bool random)
    {
        using var plugin = Plugin("clients.py");
        new StrategyConformance(plugin, name) { DrawsAtRandom = random, Budget = TimeSpan.FromSeconds(1), Games = Games }.Check();
    }

    [Fact]
    public void One_that_labels_and_reports_keeps_all_rules()
    {
        Kit("""
            def choose(self, view, memory):
                memory["shift"] = 1 + memory.get("shift", 0)
                return view.asked
            def observe(self, outcome, memory):
                memory["payoff"] = outcome.payoff
            def label(self, sample, memory):
                return (sample.label + memory["shift"] + sample.random().randrange(2)) % sample.class_count
            def report(self, round, memory):
                return [value + 0.01 * round.random().random() for value in round.report]
            """, kit => kit.Check());
    }

    [Theory]
    [InlineData(
        "seen = []\ndef choose(self, view, memory):\n    self.seen.append(1)\n    return view.asked.but(effort=1 / len(self.seen))",
        "determinism", "it does not do the same twice with the same seed")]
    [InlineData(
        "seen = []\ndef choose(self, view, memory):\n    if view.episode == 0: self.seen.clear()\n"
            + "    self.seen.append(1)\n    return view.asked.but(effort=1 / len(self.seen))",
        "static-state", "it does something else when another instance plays beside it")]
    [InlineData(
        "def choose(self, view, memory):\n    import random\n    return view.asked.but(effort=random.random())",
        "determinism", "it does not do the same twice with the same seed")]
    public void One_that_keeps_something_to_itself_is_found_out(string methods, string rule, string message) => Kit(methods, kit =>
        Assert.Contains(message, Assert.Throws<ConformanceException>(() => kit.Check(rule)).Message, StringComparison.Ordinal));

    private void Kit(string methods, Action<StrategyConformance> check)
    {
        var script = WriteStrategy(_folder, "mine.py", methods);
        using var plugin = new ProcessPlugin(new PluginCommand([Interpreter, script], PluginCommand.DefaultTimeout));
        check(new StrategyConformance(plugin, "test/mine") { Budget = TimeSpan.FromSeconds(1), Games = Games });
    }
}
