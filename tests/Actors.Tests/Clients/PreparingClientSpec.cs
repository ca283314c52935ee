using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit;
using FLCrowd.Actors.Clients;
using FLCrowd.Actors.Learning;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Clients;

/// <summary>A client whose strategy thinks elsewhere, between a scripted cohort and a scripted trainer: its actor never waits.</summary>
public class PreparingClientSpec : TestKit
{
    private static readonly ModelVector Global = ModelVector.Of(new float[TinyModel.Length]);

    private readonly Thinker _strategy = new();
    private readonly TestProbe _cohort;
    private readonly TestProbe _trainer;
    private readonly IActorRef _client;

    public PreparingClientSpec()
        : base("akka { loglevel = OFF, stdout-loglevel = OFF }")
    {
        (_cohort, _trainer) = (CreateTestProbe(), CreateTestProbe());
        var plugins = new FakePlugins().AddStrategy("thinker", _ => _strategy);
        var (game, trainer) = (Games.Of(("thinker", 4)).Hosted(plugins), _trainer.Ref);
        _client = _cohort.ChildActorOf(
            Props.Create(() => new ClientActor(game, plugins.Catalog, 0, trainer, null)),
            cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task It_chooses_labels_and_reports_once_it_is_prepared()
    {
        _client.Tell(Assign(0), _cohort);
        await PreparedAsync("choice 0");
        await PreparedAsync("labels of 0");
        Assert.Equal(0, (await _cohort.NextAsync<Ready>()).Episode);

        _client.Tell(new GlobalModel(0, 0, 0, 1, Global), _cohort);
        var work = await _trainer.NextAsync<TrainLocally>();
        _client.Tell(new Trained(work, ModelVector.Of(new float[TinyModel.Length]), null), _trainer);
        await PreparedAsync("report of round 1");
        Assert.Equal(7, (await _cohort.NextAsync<LocalModel>()).Model.Span[0]);
        Assert.Equal(["choose", "label", "report"], _strategy.Asked.Distinct());
    }

    [Fact]
    public async Task What_goes_wrong_in_preparing_is_asked_for_all_the_same()
    {
        _client.Tell(Assign(0), _cohort);
        await PreparedAsync("choice 0", fails: true);
        await PreparedAsync("labels of 0");
        await _cohort.NextAsync<Ready>();
    }

    [Fact]
    public async Task Another_episode_ends_what_was_prepared_before()
    {
        _client.Tell(Assign(0), _cohort);
        var old = await _strategy.NextAsync("choice 0");
        _client.Tell(Assign(1), _cohort);
        await PreparedAsync("choice 1");
        old.SetResult();
        await PreparedAsync("labels of 1");
        Assert.Equal(1, (await _cohort.NextAsync<Ready>()).Episode);
        _client.Tell(new Reward(1, 1, 2), _cohort);
        Assert.Equal(1, (await _cohort.NextAsync<ClientEnded>()).Outcome.Episode);
        Assert.Single(_strategy.Asked, asked => asked == "choose");
    }

    private static Assign Assign(int episode) => new(episode, new Assignment(1, 2, 1, new RewardTerms(0, 0)));

    private async Task PreparedAsync(string what, bool fails = false)
    {
        var open = await _strategy.NextAsync(what);
        if (fails)
        {
            open.SetException(new InvalidOperationException("no answer"));
        }
        else
        {
            open.SetResult();
        }
    }

    private sealed class Thinker : IClientStrategy, ILabeler, IReporter, IPreparing
    {
        private readonly System.Threading.Channels.Channel<(string What, TaskCompletionSource Open)> _open =
            System.Threading.Channels.Channel.CreateUnbounded<(string What, TaskCompletionSource Open)>();

        private int _episode;

        public List<string> Asked { get; } = [];

        public async Task<TaskCompletionSource> NextAsync(string what)
        {
            var next = await _open.Reader.ReadAsync(TestContext.Current.CancellationToken);
            Assert.Equal(what, next.What);
            return next.Open;
        }

        public Task PrepareChoice(ClientView view)
        {
            _episode = view.Episode;
            return Prepare($"choice {view.Episode}");
        }

        public Task PrepareLabels(IReadOnlyList<LabelView> views) => Prepare($"labels of {_episode}");

        public Task PrepareReport(in ReportView view, ReadOnlySpan<float> report) => Prepare($"report of round {view.Round}");

        public ClientAction Choose(ClientView view)
        {
            Asked.Add("choose");
            return view.Assignment.AsAction;
        }

        public int Label(in LabelView view)
        {
            Asked.Add("label");
            return view.Label;
        }

        public void Report(in ReportView view, Span<float> report)
        {
            Asked.Add("report");
            report.Fill(7);
        }

        private Task Prepare(string what)
        {
            var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _open.Writer.TryWrite((what, open));
            return open.Task;
        }
    }
}
