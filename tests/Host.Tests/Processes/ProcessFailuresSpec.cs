using FLCrowd.Experiments.Loading;
using static FLCrowd.Host.Tests.Processes.Python;

namespace FLCrowd.Host.Tests.Processes;

/// <summary>What a program of a third party does wrong is one sentence that says who, when and what.</summary>
public sealed class ProcessFailuresSpec(ProcessFailuresSpec.Acts acts) : IClassFixture<ProcessFailuresSpec.Acts>, IDisposable
{
    private const string Game = """
        flcrowd {
          learning { model = quadratic, step-size = 0.1, rounds = 2 }
          game { assignment = 60 }
          clients = [{ strategy = "test/mine", share = 1 }]
          experiment { episodes = 2 }
        }
        """;

    private const string Choose = "def choose(self, view, memory):\n    if view.client == 4 and view.episode == 1:\n        ";

    private readonly TemporaryFolder _folder = new();

    /// <summary>What client 4 does in its second episode, and what is said of it.</summary>
    public static TheoryData<string, string> Failures => new()
    {
        { "throw", "ValueError: no idea (acts.py, line 12, in _throw)" },
        { "misspell", "TypeError: an action has no 'efort'; it has effort, batch_size, gamma (acts.py, line 39, in _misspell)" },
        { "parse", "JSONDecodeError: Expecting value: line 1 column 1 (char 0) (acts.py, line 41, in _parse)" },
        { "crash", "the process 'PYTHON SCRIPT' ended with exit code 3; its last words: I am tired" },
        { "say_much", "it answered effort \"much\", which must be a number" },
        { "draw_halves", "it answered batch_size 1.5, which must be a whole number" },
        { "overdo", "effort 2 is not between 0 and 1" },
        { "calculate", "ValueError: Out of range float values are not JSON compliant" },
        { "refuse", "no labels here" },
        { "keep", "AttributeError: self.last is set while playing, but all clients share self" },
        { "remember", "TypeError: there is no memory; define observe(self, outcome, memory)" },
        { "wish", "AttributeError: there is no 'wish'; there are client, episode, episodes, seed," },
        { "chat", "the process 'PYTHON SCRIPT' wrote 'hello', which is no JSON; what is printed belongs on standard error" },
        { "babble", "the process 'PYTHON SCRIPT' wrote '{\"id\": 77, \"result\": 1}', which answers nothing that it was asked" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Who_is_to_blame_is_named_and_nobody_else(string act, string message) => Assert.StartsWith(
        "client 4, before round 1 of episode 1: its strategy 'test/acts' of acts.py failed to choose: "
        + message.Replace("PYTHON", Interpreter, StringComparison.Ordinal).Replace("SCRIPT", acts.Script, StringComparison.Ordinal),
        (await PlayAsync(acts.Catalog, Configured.File(
            acts.Catalog, Game, null, $"clients=[{{ strategy = \"test/acts\", act = {act}, share = 1 }}]"))).Failure,
        StringComparison.Ordinal);

    [Fact]
    public async Task Who_says_nothing_is_ended_after_a_while()
    {
        var script = WriteStrategy(_folder, "mine.py", $"{Choose}time.sleep(1000)\n    return view.asked");
        using var catalog = Catalog(script, timeout: 2);
        var (failure, _) = await PlayAsync(catalog, Configured.File(catalog, Game, null));
        Assert.Equal(
            "client 4, before round 1 of episode 1: its strategy 'test/mine' of mine.py failed to choose: "
            + $"the process '{Interpreter} {script}' was silent for 2 seconds (timeout) and was ended",
            failure);
    }

    [Fact]
    public async Task A_client_that_ends_the_process_takes_nobody_along()
    {
        using var catalog = Catalog(WriteStrategy(_folder, "mine.py", $"{Choose}os._exit(1)\n    return view.asked"));
        var run = Configured.File(catalog, Game, null, "execution.on-client-failure=exclude", "data.clients=40");
        var (failure, episodes) = await PlayAsync(catalog, run);
        Assert.Null(failure);
        Assert.Equal(
            [(1, 4)],
            episodes.SelectMany(episode => episode.Clients)
                .Where(client => client.Failure is not null).Select(client => (client.Episode, client.Client)));
    }

    [Theory]
    [InlineData(
        "import nothing_like_it", "does not say what it offers: the process 'PYTHON SCRIPT' ended with exit code 1; its last words: ")]
    [InlineData(
        "print('hello')",
        "does not say what it offers: the process 'PYTHON SCRIPT' ended with exit code 0 before it answered anything: it must answer "
        + "until its input ends "
        + "(in Python: flcrowd.serve({...}) at the script's end); its last words: hello")]
    [InlineData("import flcrowd\nflcrowd.serve({})", "offers no strategy and no mechanism")]
    [InlineData(
        "import flcrowd\nflcrowd.serve({'mine': flcrowd.Strategy})",
        "mine: is no name for a strategy of a plug-in; must be 'vendor/mine': plain names are built in")]
    [InlineData(
        "import flcrowd\nclass S(flcrowd.Strategy):\n    count = 1\nflcrowd.serve({'test/mine': S})",
        "test/mine: has an option 'count', which could not be set")]
    public void A_program_that_offers_nothing_is_named_before_anything_runs(string script, string message)
    {
        var file = Write(_folder, "broken.py", script.Replace("print", "import sys; sys.stderr.write", StringComparison.Ordinal));
        var error = Assert.Throws<SettingException>(() => Catalog(file)).Message;
        Assert.StartsWith($"plugins: {file}", error, StringComparison.Ordinal);
        Assert.Contains(
            message.Replace("PYTHON", Interpreter, StringComparison.Ordinal).Replace("SCRIPT", file, StringComparison.Ordinal), error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("epsilom = 0.1", "clients[0].epsilom: is unknown; it has epsilon, efforts")]
    [InlineData("epsilon = 2", "clients[0].epsilon: is 2.0; must be at least 0 and at most 1")]
    [InlineData("epsilon = often", "clients[0].epsilon: is often; must be a number")]
    [InlineData("efforts = 1", "clients[0].efforts: is 1; must be a list")]
    public void Options_are_checked_by_the_program_before_anything_runs(string options, string message)
    {
        using var catalog = Catalog(Path.Combine(Samples, "clients.py"));
        Assert.Equal(message, Assert.Throws<SettingException>(() => Configured.File(
            catalog, Game, null, $"clients=[{{ strategy = \"python/epsilon-greedy\", share = 1, {options} }}]")).Message);
    }

    [Fact]
    public void Programs_are_named_by_file_or_by_command()
    {
        var script = WriteStrategy(_folder, "mine.py", "def choose(self, view, memory):\n    return view.asked");
        File.WriteAllText(_folder.In("flcrowd.py"), File.ReadAllText(_folder.In("flcrowd.py")) + "# mine\n");
        var tree = (System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(
            """{ "plugins": ["mine.py", { "command": ["python3", "mine.py", "--fast"], "timeout": "3s" }] }""")!;
        var files = PluginFile.Of(Anchored(tree), ["""{ "command": ["node", "mine.js"] }"""], _folder.Path).ToList();
        Assert.Equal([script, script, "node"], files.Select(file => file.Path));
        Assert.Equal([FLCrowd.Experiments.Loading.Python.Interpreter, script], files[0].Command!.Words);
        Assert.Equal(["python3", script, "--fast"], files[1].Command!.Words);
        Assert.Equal([60, 3, 60], files.Select(file => file.Command!.Timeout));
        var again = PluginFile.Of([PluginFile.ArgumentOf(PluginLoader.Identify(files[1]))]).Single().Command!;
        Assert.Equal((3, true), (again.Timeout, files[1].Command!.Words.SequenceEqual(again.Words)));

        // Who goes on with a run, or joins a node, finds out that a module is another one.
        var source = PluginLoader.Identify(files[0]);
        Assert.StartsWith("flcrowd.py ", Assert.Single(source.Libraries), StringComparison.Ordinal);
        File.AppendAllText(_folder.In("flcrowd.py"), "# changed\n");
        Assert.Equal(source.Sha256, PluginLoader.Identify(files[0]).Sha256);
        Assert.NotEqual(source.Checksum, PluginLoader.Identify(files[0]).Checksum);
        Assert.NotEqual(source.Module, PluginLoader.Identify(files[0]).Module);
        File.AppendAllText(script, "# changed\n");
        Assert.NotEqual(source.Sha256, PluginLoader.Identify(files[0]).Sha256);
    }

    [Theory]
    [InlineData("""{ "plugins": [{ "comand": ["x"] }] }""", "plugins[0].command: is missing")]
    [InlineData("""{ "plugins": [{ "command": [] }] }""", "plugins[0].command: is []; must be a list of texts")]
    [InlineData("""{ "plugins": [{ "command": ["x"], "timeout": "soon" }] }""", "plugins[0].timeout: is soon; must be a duration above 0")]
    [InlineData("""{ "plugins": [{ "command": ["x"], "time": "3s" }] }""", "plugins[0].time: is unknown")]
    public void A_command_that_is_none_is_said_to_be_none(string tree, string message) => Assert.StartsWith(
        message,
        Assert.Throws<SettingException>(() => PluginFile.Of(
            Anchored((System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(tree)!), [], _folder.Path)).Message,
        StringComparison.Ordinal);

    /// <summary>A configuration that is written in the test's folder.</summary>
    private System.Text.Json.Nodes.JsonObject Anchored(System.Text.Json.Nodes.JsonObject tree) => PluginFile.Anchor(
        new FLCrowd.Experiments.Configuration.WrittenSettings(
            tree, new Dictionary<System.Text.Json.Nodes.JsonNode, string>(), _folder.Path));

    [Fact]
    public void A_program_that_is_not_there_is_named()
    {
        var none = _folder.In("none.py");
        Assert.Equal($"plugins: {none} does not exist", Error(none, "x", none));
        Assert.StartsWith(
            "plugins: no-such-program does not say what it offers: the process 'no-such-program' cannot be started: ",
            Error("no-such-program", "no-such-program"), StringComparison.Ordinal);

        static string Error(string path, params string[] words) => Assert.Throws<SettingException>(() => Plugins.Catalog(
            new PluginFile(path, PluginFile.Key) { Command = new PluginCommand(words, 1) })).Message;
    }

    /// <summary>A script that can do everything wrong.</summary>
    public sealed class Acts : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly Lazy<PluginCatalog> _catalog;

        public Acts() => _catalog = new(() => Python.Catalog(Write()));

        public string Script => _folder.In("acts.py");

        public PluginCatalog Catalog => _catalog.Value;

        public void Dispose()
        {
            if (_catalog.IsValueCreated)
            {
                Catalog.Dispose();
            }

            _folder.Dispose();
        }

        private string Write() => Python.Write(_folder, "acts.py", """
                import os
                out = os.dup(1)
                import flcrowd


                class Acts(flcrowd.Strategy):
                    act = ""
                    def choose(self, view, memory):
                        guilty = view.client == 4 and view.episode == 1
                        return getattr(self, f"_{self.act}")(view, memory) if guilty else view.asked
                    def _throw(self, view, memory):
                        raise ValueError("no idea")
                    def _crash(self, view, memory):
                        print("I am tired", flush=True)
                        os._exit(3)
                    def _say_much(self, view, memory):
                        return "much", 1, 1
                    def _draw_halves(self, view, memory):
                        return 1, 1.5, 1
                    def _overdo(self, view, memory):
                        return 2, 1, 1
                    def _calculate(self, view, memory):
                        return float("nan"), 1, 1
                    def _refuse(self, view, memory):
                        raise flcrowd.Refused("no labels here")
                    def _keep(self, view, memory):
                        self.last = 1
                    def _remember(self, view, memory):
                        memory["x"] = 1
                    def _wish(self, view, memory):
                        return view.wish
                    def _chat(self, view, memory):
                        os.write(out, b"hello\n")
                        return view.asked
                    def _babble(self, view, memory):
                        os.write(out, b'{"id": 77, "result": 1}\n')
                        return view.asked
                    def _misspell(self, view, memory):
                        return view.asked.but(efort=0)
                    def _parse(self, view, memory):
                        return __import__("json").loads("")


                flcrowd.serve({"test/acts": Acts})
                """);
    }
}
