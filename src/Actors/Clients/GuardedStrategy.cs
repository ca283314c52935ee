using System.Buffers;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Learning;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Clients;

/// <summary>
/// A client's strategy with its memory, and what a plug-in's code can do wrong there: a failure is a sentence, after which nothing else
/// of what was asked for counts.
/// </summary>
/// <param name="game">The game.</param>
/// <param name="catalog">All plug-ins.</param>
/// <param name="client">The client's index.</param>
/// <param name="memory">What the strategy remembers of earlier episodes, where it played them elsewhere; null: nothing.</param>
internal sealed class GuardedStrategy(HostedGame game, PluginCatalog catalog, int client, byte[]? memory)
{
    private IClientStrategy? _strategy;

    /// <summary>The strategy, or what asks it only in the client's turns.</summary>
    private IClientStrategy? _player;

    /// <summary>Whether the strategy learns from what it gets.</summary>
    public bool Remembers => _player?.Capability<IStrategyMemory>() is not null;

    private PluginChoice Choice => game.Crowd.StrategyOf(client);

    /// <summary>The type and assembly of a strategy of a third party.</summary>
    private string Origin => catalog.SourceOf(PluginKind.Strategy, Choice.Name) is { } source
        ? source.Command is null ? $" ({_strategy?.GetType().FullName ?? "not created"} of {source.Name})" : $" of {source.Name}"
        : "";

    private ILabeler? Labeler => _player!.Capability<ILabeler>();

    private IReporter? Reporter => _player!.Capability<IReporter>();

    /// <summary>Lets a strategy that thinks elsewhere begin to choose.</summary>
    /// <param name="view">Makes what the strategy sees, once there is a strategy.</param>
    /// <returns>Done once it is time to ask; null: it is.</returns>
    public Task? PrepareChoice(Func<ClientView> view) => Prepared(preparing => preparing.PrepareChoice(view()));

    /// <summary>Lets a strategy that thinks elsewhere begin to label: the model labels once to find out what it is going to ask.</summary>
    /// <inheritdoc cref="PrepareChoice" path="/returns"/>
    public Task? PrepareLabels(int episode, double effort) => Labeler is null ? null : Prepared(preparing =>
    {
        var asked = new AskedLabels();
        game.Model.Label(LabelsOf(episode, effort, asked));
        return asked.Views.Count > 0 ? preparing.PrepareLabels(asked.Views) : null;
    });

    /// <summary>Lets a strategy that thinks elsewhere begin to report.</summary>
    /// <inheritdoc cref="Report" path="/param"/>
    /// <inheritdoc cref="PrepareChoice" path="/returns"/>
    public Task? PrepareReport(RoundModels models, double gamma, int episode, int step) => Reporter is null
        ? null
        : Prepared(preparing => Reporting.Prepare(preparing, models, gamma, RoundOf(episode, step)));

    /// <summary>Chooses e, D and gamma.</summary>
    /// <param name="view">Makes what the strategy sees, once there is a strategy.</param>
    public (ClientAction? Action, string? Failure) Choose(Func<ClientView> view)
    {
        ClientAction? action = null;
        string? failure = Guarded("choose", () =>
        {
            _player ??= Player();
            var seen = view();
            var chosen = _player.Choose(seen).Validated(seen.MaxBatchSize);

            // Who is not asked has no round to come to.
            chosen = seen.Assignment.TakesPart ? chosen : chosen with { Attendance = 0 };
            action = chosen.Attendance == 1 || !seen.Assignment.TakesPart || game.Definition.Incentive.PayoffBasis != PayoffBasis.Bound
                ? chosen
                : throw new InvalidActionException(
                    $"attendance {chosen.Attendance} is not 1, and game.payoff-basis = bound pays by an announced loss that knows nothing "
                    + "of rounds from which a client stays away");
        });
        return (action, failure);
    }

    /// <summary>Lets the model label; where the strategy has a hand in it, its fault is the strategy's.</summary>
    public (ClientLabels? Labels, string? Failure) Label(int episode, double effort)
    {
        var labeler = Labeler;
        ClientLabels? labels = null;
        string? failure = Guarded("label", () =>
        {
            var made = game.Model.Label(LabelsOf(episode, effort, labeler)) ?? throw new InvalidOperationException("there are no labels");
            int samples = game.Model.SampleCount(client);
            labels = (made.Given?.Length ?? samples) == samples
                ? made
                : throw new InvalidOperationException($"there are {made.Given!.Length} labels for {samples} samples");
        }, labeler is null ? game.ModelName : null);
        return (labels, failure);
    }

    /// <summary>Makes the report of a round.</summary>
    /// <param name="models">w, w_H and what was before; w_H is used up.</param>
    /// <param name="gamma">gamma.</param>
    /// <param name="episode">The episode.</param>
    /// <param name="step">The round t, from 1, or the one that is replayed.</param>
    public (ModelVector? Report, string? Failure) Report(RoundModels models, double gamma, int episode, int step)
    {
        ModelVector? report = null;
        string? failure = Guarded(
            "report",
            () => report = Reporting.Of(models, gamma, Reporter, RoundOf(episode, step)));
        return (report, failure);
    }

    /// <summary>Lets the strategy learn from an episode.</summary>
    public string? Observe(EpisodeOutcome outcome) =>
        Guarded("observe", () => _player!.Capability<IStrategyMemory>()!.Observe(outcome));

    /// <summary>What the strategy remembers; where saving failed, as far as it came.</summary>
    public (byte[] Memory, string? Failure) Save()
    {
        var saved = new ArrayBufferWriter<byte>();
        string? failure = Guarded("save its memory", () => _player!.Capability<IStrategyMemory>()!.Save(saved));
        return (saved.WrittenSpan.ToArray(), failure);
    }

    private ReportedRound RoundOf(int episode, int step) => new(
        client, step, game.Definition.Learning.Protocol.Rounds, game.Crowd.Weights[client],
        game.Seed.For("report", episode, client, step));

    private LabelingTask LabelsOf(int episode, double effort, ILabeler? labeler) => new()
    {
        Client = client,
        Effort = effort,
        Labeler = labeler,
        Seed = game.Seed.For("labels", episode, client),
    };

    /// <summary>What goes wrong is found out when the strategy is asked.</summary>
    private Task? Prepared(Func<IPreparing, Task?> prepare)
    {
        Task? task = null;
        Guarded("prepare", () =>
        {
            _player ??= Player();
            task = _player.Capability<IPreparing>() is { } preparing ? prepare(preparing) : null;
        });
        return task;
    }

    private IClientStrategy Player()
    {
        _strategy = catalog.CreateStrategy(Choice, client);
        var player = game.Definition.Revision is { IsAlways: false } revision
            ? new RevisionTurns(
                _strategy, new RevisionSchedule(revision, game.Seed, client, game.Definition.Crowd.Clients), game.Definition.Episodes)
            : _strategy;
        if (memory is not null)
        {
            player.Capability<IStrategyMemory>()?.Load(memory);
        }

        return player;
    }

    /// <param name="act">What is done.</param>
    /// <param name="action">The code of a plug-in.</param>
    /// <param name="whose">Whose fault it is; null: the strategy's.</param>
    /// <returns>What went wrong, or null.</returns>
    private string? Guarded(string act, Action action, string? whose = null)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception e)
        {
            return $"{whose ?? $"its strategy '{Choice.Name}'{Origin}"} failed to {act}: {e.Message}";
        }
    }
}

/// <summary>Notes what a labeler is asked, and leaves every label as it is.</summary>
internal sealed class AskedLabels : ILabeler
{
    public List<LabelView> Views { get; } = [];

    public int Label(in LabelView view)
    {
        Views.Add(view);
        return view.Label;
    }
}
