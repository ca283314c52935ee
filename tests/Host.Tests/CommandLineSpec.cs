using FLCrowd.Experiments.Configuration;
using FLCrowd.Host.Commands;

namespace FLCrowd.Host.Tests;

public sealed class CommandLineSpec : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("run quickstart --seed -1", "--seed: is '-1'; must be a whole number of at least 0")]
    [InlineData("run quickstart --seed 1.5", "--seed: is '1.5'; must be a whole number of at least 0")]
    [InlineData("run quickstart --seed 18446744073709551616", "--seed: is '18446744073709551616'; must be a whole number of at least 0")]
    [InlineData("theory quickstart --seed x", "--seed: is 'x'; must be a whole number of at least 0")]
    [InlineData("run quickstart --threads x", "--threads: is 'x'; must be a whole number from 1 to 1024")]
    [InlineData("run quickstart --threads 0", "--threads: is '0'; must be a whole number from 1 to 1024")]
    [InlineData("run quickstart --workers 1.5", "--workers: is '1.5'; must be a whole number from 1 to 1024")]
    [InlineData("resume out --threads 1e9", "--threads: is '1e9'; must be a whole number from 1 to 1024")]
    [InlineData("resume out --workers 99999999999", "--workers: is '99999999999'; must be a whole number from 1 to 1024")]
    [InlineData("node --port 65536", "--port: is '65536'; must be a whole number from 0 to 65535")]
    [InlineData("node --threads -2", "--threads: is '-2'; must be a whole number from 1 to 1024")]
    [InlineData("node --role boss", "--role: is 'boss'; must be worker | server")]
    [InlineData("run quickstart --out |", "--out: is empty")]
    [InlineData("run quickstart --cluster |", "--cluster: is empty")]
    [InlineData("run |", "EXPERIMENT: is empty")]
    [InlineData("resume |", "DIR: is empty")]
    [InlineData("report |", "DIR: is empty")]
    [InlineData("new strategy acme/x --out |", "--out: is empty")]
    [InlineData("list strategy",
        "strategy: is no command of 'flcrowd list' (did you mean 'strategies'?); known are strategies, mechanisms, models, ")]
    [InlineData("list experiment", "experiment: is no command of 'flcrowd list' (did you mean 'experiments'?)")]
    [InlineData("rnu quickstart", "rnu: is no command of 'flcrowd' (did you mean 'run'?); known are run, resume, node, ")]
    [InlineData("new strategie acme/x", "strategie: is no command of 'flcrowd new' (did you mean 'strategy'?)")]
    [InlineData("run quickstart --sede 3", "--sede: is no option of 'flcrowd run' (did you mean '--seed'?); known are ")]
    [InlineData("run quickstart deviations", "deviations: is one argument more than 'flcrowd run' takes")]
    [InlineData("run", "Required argument 'EXPERIMENT' missing for command: 'run'.")]
    public void What_is_wrong_is_one_line_that_says_what_would_be_right(string line, string message)
    {
        var problem = CommandLine.Problem([.. line.Split(' ').Select(word => word == "|" ? "" : word)]);
        Assert.StartsWith(message, problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem!);
        Assert.DoesNotContain("System.", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run quickstart --seed 0 --threads 1024 --workers 2 --out x --dry-run --json")]
    [InlineData("run quickstart --seed 18446744073709551615")]
    [InlineData("node --port 0 --role server")]
    [InlineData("list data-sets")]
    [InlineData("")]
    public void What_is_right_is_no_problem(string line) =>
        Assert.Null(CommandLine.Problem(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Fact]
    public void A_folder_is_no_experiment()
    {
        Assert.Equal(
            $"{_folder.Path}: is a folder; must be a file, or the name of an experiment that `flcrowd list experiments` shows",
            Assert.Throws<SettingException>(() => ExperimentSources.Find(_folder.Path)).Message);
        File.WriteAllText(_folder.In("run.json"), "{}");
        Assert.Contains(
            $"flcrowd resume {_folder.Path} goes on with it",
            Assert.Throws<SettingException>(() => ExperimentSources.Find(_folder.Path)).Message,
            StringComparison.Ordinal);
    }
}
