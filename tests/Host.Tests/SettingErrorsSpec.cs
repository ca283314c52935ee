using FLCrowd.Experiments.Configuration;

namespace FLCrowd.Host.Tests;

public class SettingErrorsSpec
{
    [Theory]
    [InlineData("learning.step-sise=1", "learning.step-sise: is unknown (did you mean 'step-size'?)")]
    [InlineData("lerning.rounds=1", "lerning: is unknown (did you mean 'learning'?)")]
    [InlineData("learning.softmaks.l2=1", "learning.softmaks: is unknown (did you mean 'softmax'?)")]
    [InlineData("learning.softmax.l3=1", "learning.softmax.l3: is unknown (did you mean 'l2'?)")]
    [InlineData("learning.rounds=many", "learning.rounds: is many; must be a whole number of at least 1")]
    [InlineData("learning.rounds=1.5", "learning.rounds: is 1.5; must be a whole number of at least 1")]
    [InlineData("learning.rounds.x=1", "learning.rounds: is { x = 1 }; must be a whole number of at least 1")]
    [InlineData("learning.step-size=0", "learning.step-size: is 0; must be a number of above 0")]
    [InlineData("learning.step-size=NaN", "learning.step-size: is NaN; must be a number of above 0")]
    [InlineData("learning.step-size=tunned", "learning.step-size: is tunned; must be a number of above 0, or tuned")]
    [InlineData("learning.tuning.to=0.01", "learning.tuning.to: is 0.01; must be a number above from")]
    [InlineData("learning.tuning.loss=loss", "learning.tuning.loss: is loss; must be test | training")]
    [InlineData("learning=3", "learning: is 3; must be a block { ... }")]
    [InlineData("learning.model=cnnn", "learning.model: unknown model 'cnnn'")]
    [InlineData("learning.aggregator=man",
        "learning.aggregator: unknown aggregator 'man' (did you mean 'mean'?); known are clipped-mean, mean, median, "
            + "trimmed-mean")]
    [InlineData("game.mechanism=flatt", "game.mechanism: unknown mechanism 'flatt' (did you mean 'flat'?)")]
    [InlineData("data.set=mnits", "data.set: unknown data set 'mnits' (did you mean 'mnist'?)")]
    [InlineData("data.clients=0", "data.clients: is 0; must be a whole number of at least 1")]
    [InlineData("data.heterogeneity=1.4", "data.heterogeneity: is 1.4; must be a number of at least 0 and at most 1")]
    [InlineData("data.partition=lastdigit",
        "data.partition: unknown partition 'lastdigit' (did you mean 'last-digit'?); known are by-column, dirichlet, iid, last-digit, "
        + "shards")]
    [InlineData("data.dirichlet.concentration=0", "data.dirichlet.concentration: is 0; must be above 0")]
    [InlineData("data.last-digit.share=1", "data.last-digit.share: is unknown; 'last-digit' has heterogeneity, overlap")]
    [InlineData("data.replacement=maybe", "data.replacement: is maybe; must be true or false")]
    [InlineData("seed=-1", "seed: is -1; must be a whole number of at least 0")]
    [InlineData("game.labeling-cost=[1,2,3]", "game.labeling-cost: has 3 entries, but data.clients is 10")]
    [InlineData("game.computation-cost=-1", "game.computation-cost: is -1; must be a number of at least 0, or a list of such")]
    [InlineData("game.assignment=best", "game.assignment: is best; must be a whole number of at least 1, a list of such, or optimal")]
    [InlineData("game.assignment=optimal", "game.assignment: is optimal, but the mechanism 'flat' does not find batch sizes")]
    [InlineData("game.payoff-basis=mean", "game.payoff-basis: is mean; must be expected | bound | sample | objective")]
    [InlineData("game.payoff-basis=sample", "game.payoff-basis: is sample, but the model 'quadratic' has no loss of single test samples")]
    [InlineData("game.payoff-basis=bound", "game.payoff-basis: is bound, but the mechanism 'flat' announces no loss surrogate")]
    [InlineData("game.floor=low", "game.floor: is low; must be a number, or none")]
    [InlineData("game.floor=Infinity", "game.floor: is Infinity; must be a number, or none")]
    [InlineData("execution.threads=0", "execution.threads: is 0; must be a whole number of at least 1, or auto")]
    [InlineData("execution.threads=2000", "execution.threads: is 2000; must be at most 1024, or auto")]
    [InlineData("seed=null", "seed: is null, which is no value; leave it out for the default")]
    [InlineData("learning.rounds=1,2",
        "--set learning.rounds=1,2, line 1: ',' follows the value; a list is [1, 2], a text with commas \"1, 2\"")]
    [InlineData("learning.rounds=", "--set learning.rounds=, line 1: 'flcrowd.learning.rounds' has no value; write key = value")]
    [InlineData("learning.rounds=${FL_NOT_SET}",
        "--set learning.rounds=${FL_NOT_SET}, line 1: 'flcrowd.learning.rounds' takes ${FL_NOT_SET}, which is neither")]
    [InlineData("learning.rounds=${data.clients}",
        "--set learning.rounds=${data.clients}, line 1: 'flcrowd.learning.rounds' takes ${data.clients}, which is neither a setting nor a "
        + "variable of the environment (did you mean ${flcrowd.data.clients}?)")]
    [InlineData("execution.resend-after=5", "execution.resend-after: is 5; must be a duration above 0 such as 500ms, 5s, 2m or 1h")]
    [InlineData("execution.checkpoint-every=1",
        "execution.checkpoint-every: is 1; must be a duration above 0 such as 500ms, 5s, 2m or 1h, or 0")]
    [InlineData("execution.journal.store=mysql", "execution.journal.store: is mysql; must be sqlite | postgresql | off")]
    [InlineData("execution.journal.connection=x",
        "execution.journal.connection: is for execution.journal.store = postgresql; must be none otherwise")]
    [InlineData("execution.journal={ store = postgresql, connection = none }", "execution.journal.connection: ")]
    [InlineData("execution.journal={ store = postgresql, connection = \"Hots=db\" }", "execution.journal.connection: ")]
    [InlineData("execution.journal={ store = postgresql, connection = \"Username=x\" }",
        "execution.journal.connection: names no Host; must be such as")]
    [InlineData("execution.journal={ store = postgresql, connection = \"Host=db;Password=y\" }",
        "execution.journal.connection: holds a password, which run.json would show")]
    [InlineData("execution.on-client-failure=ignore", "execution.on-client-failure: is ignore; must be fail | exclude")]
    [InlineData("experiment.kind=figure", "experiment.kind: is figure; must be play | sweep")]
    [InlineData("experiment.seeds=3", "experiment.kind: is play; seeds need kind = sweep, regret or population")]
    [InlineData("clients=7", "clients: is 7; must be a list of blocks { strategy = ... }")]
    [InlineData("clients=[{ count = 10 }]", "clients[0].strategy: is missing")]
    [InlineData("clients=[{ strategy = misreport, gamma = -1, count = 10 }]", "clients[0].gamma: is -1; must be at least 0")]
    [InlineData("clients=[{ strategy = misreport, gama = 1, count = 10 }]", "clients[0].gama: is unknown (did you mean 'gamma'?)")]
    [InlineData("clients=[{ strategy = truthfull, count = 10 }]",
        "clients[0].strategy: unknown strategy 'truthfull' (did you mean 'truthful'?); known are ")]
    [InlineData("clients=[{ strategy = truthful }]",
        "clients[0]: must say which clients it is about by exactly one of count, share and ids")]
    [InlineData("clients=[{ strategy = truthful, count = 1, share = 1 }]",
        "clients[0]: must say which clients it is about by exactly one of")]
    [InlineData("clients=[{ strategy = truthful, count = 7 }, { strategy = misreport, count = 2 }]",
        "clients: counts and ids add up to 9, but data.clients is 10")]
    [InlineData("clients=[{ strategy = truthful, count = 12 }]", "clients: counts and ids add up to 12, but data.clients is 10")]
    [InlineData("clients=[{ strategy = truthful, share = .5 }, { strategy = misreport, share = .4 }]",
        "clients: shares add up to 0.9; they must add up to 1")]
    [InlineData("clients=[{ strategy = truthful, ids = [0, 10] }]",
        "clients[0].ids: has client 10, but data.clients is 10: indices are 0 to 9")]
    [InlineData("clients=[{ strategy = truthful, ids = [7-3] }]",
        "clients[0].ids: is [7-3]; must be a list of client indices and ranges, such as [0, 3-7]")]
    [InlineData("clients=[{ strategy = truthful, ids = 0-9 }, { strategy = misreport, ids = [3] }]",
        "clients[1].ids: has client 3, which clients[0] has already")]
    [InlineData("clients=[{ strategy = truthful, weight = 0, count = 10 }]", "clients[0].weight: is 0; must be a number of above 0")]
    [InlineData("learning.rounds", "--set learning.rounds: must be path=value, such as learning.rounds=20")]
    [InlineData("learning..rounds=3", "'learning..rounds': is not a path such as learning.step-size")]
    [InlineData("learning.rounds=[1", "--set learning.rounds=[1, line 1: '[' is never closed")]
    public void A_wrong_setting_says_where_it_is_and_what_would_be_right(string setting, string message) =>
        Assert.StartsWith(message, Configured.Error(setting), StringComparison.Ordinal);

    [Fact]
    public void A_batch_without_replacement_is_no_larger_than_the_data()
    {
        var error = Configured.Error(
            "learning.model=softmax", "data.samples-per-client=20", "data.replacement=false", "game.assignment=21");
        Assert.StartsWith(
            "game.assignment: is 21 for client 0, which has 20 samples; set data.replacement = true", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_data_file_is_found_before_anything_runs() =>
        Assert.StartsWith("/nowhere/", Configured.Error("learning.model=softmax", "data.mnist.folder=/nowhere"), StringComparison.Ordinal);

    [Fact]
    public void An_unknown_experiment_lists_the_known_ones()
    {
        var error = Assert.Throws<SettingException>(() => ExperimentSources.Find("quikstart")).Message;
        Assert.StartsWith(
            "quikstart: is neither a file nor the name of an experiment (did you mean 'quickstart'?); known are ",
            error, StringComparison.Ordinal);
        Assert.Contains("crowd-10000", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_outside_of_the_root_are_an_error() => Assert.Equal(
        "test.conf, line 1: 'learning' stands outside of 'flcrowd { ... }'",
        Assert.Throws<SettingException>(() => Configured.File("learning { rounds = 3 }", null)).Message);
}
