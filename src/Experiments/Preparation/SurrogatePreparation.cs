using System.Globalization;
using Akka.Actor;
using FLCrowd.Actors.Definitions;
using FLCrowd.Experiments.Games;

namespace FLCrowd.Experiments.Preparation;

/// <summary>Makes the loss surrogates that the mechanisms of a run ask for, before its games start.</summary>
/// <param name="catalog">All plug-ins.</param>
/// <param name="system">The actors that play pilots.</param>
/// <param name="constants">Constants that were estimated before.</param>
/// <param name="parallelGames">Pilot episodes played side by side.</param>
/// <param name="warn">Told once of everything that the user should know.</param>
/// <param name="cancel">The user stops it.</param>
internal sealed class SurrogatePreparation(
    PluginCatalog catalog, ActorSystem system, ConstantsCache constants, int parallelGames, Action<string> warn, CancellationToken cancel)
{
    /// <summary>A surrogate is made this often at most, and again as long as some assigned batch size changed by more than this
    /// share.</summary>
    private const int MostFits = 3;
    private const double Settled = 0.1;

    private readonly Dictionary<string, Task<LossSurrogate>> _made = [];
    private readonly HashSet<string> _told = [];
    private readonly Dictionary<string, (IReadOnlyList<ClientCosts> Costs, IReadOnlyList<Assignment> Assignments)> _announced = [];
    private readonly List<AnnouncedTerms> _terms = [];

    /// <summary>What was announced to the clients of every game that has a surrogate, in the order of the games.</summary>
    public IReadOnlyList<AnnouncedTerms> Terms => _terms;

    /// <summary>Whether pilots were played, which may have taken hours.</summary>
    public bool HasPlayed { get; private set; }

    /// <summary>Told of pilots; null: nobody.</summary>
    public PreparationProgress? Progress { get; init; }

    /// <summary>Gives every game the surrogate that its mechanism asks for.</summary>
    /// <param name="plan">Games, checked (<see cref="GameCheck"/>).</param>
    /// <returns>The games; of a sweep, those that have no such surrogate are among the failed ones, as long as others are left.</returns>
    /// <exception cref="SettingException">A game has no such surrogate.</exception>
    /// <exception cref="PilotException">A pilot failed.</exception>
    public async Task<ExperimentPlan> PrepareAsync(ExperimentPlan plan)
    {
        GameDefinition[] games = [.. plan.Games];
        var failures = new PreparationFailures(plan);
        for (int index = 0; index < games.Length; index++)
        {
            int at = index;
            if (!failures.Has(games[at]))
            {
                Progress?.Begin(games.Length > 1 ? $"the pilot of game {at + 1} of {games.Length}" : "the pilot");
                await failures.TryAsync([games[at]], async () => games[at] = await PrepareAsync(games[at]));
            }
        }

        return plan.Prepared(games, failures.Failed);
    }

    private async Task<GameDefinition> PrepareAsync(GameDefinition game)
    {
        var mechanism = catalog.CreateMechanism(game.Incentive.Mechanism);
        var prepared = mechanism is ISurrogateMechanism asking ? With(game, await SurrogateOfAsync(game, asking.Surrogate)) : game;

        // Games that differ only in what clients do hear the same.
        var key = $"{GameKey.WithCosts(game)}|{game.Incentive}";
        if (!_announced.TryGetValue(key, out var announced))
        {
            using var parts = GameParts.Of(prepared, catalog);
            announced = ([.. parts.Profiles.Select(profile => profile.Costs)], parts.Try(mechanism));
            _announced[key] = announced;
            foreach (var warning in Warnings(prepared, mechanism, parts).Where(_told.Add))
            {
                warn(warning);
            }
        }

        if (mechanism is ISurrogateMechanism)
        {
            _terms.Add(new AnnouncedTerms(
                game.Game, announced.Costs, announced.Assignments, game.Learning.Protocol, prepared.Incentive.Surrogate!));
        }

        return prepared;
    }

    /// <summary>The surrogate of one game; games that differ only in what it does not depend on share it.</summary>
    /// <exception cref="SettingException">There is none.</exception>
    /// <exception cref="PilotException">A pilot failed.</exception>
    public Task<LossSurrogate> SurrogateOfAsync(GameDefinition game, PluginChoice choice)
    {
        // What failed fails for all of them.
        var key = $"{GameKey.WithCosts(game)}|{choice}|{(IsOptimal(game) || MayLeaveOut(game) ? game.Incentive : null)}";
        return _made.TryGetValue(key, out var made) ? made : _made[key] = Task.Run(() => MakeAsync(game, choice), cancel);
    }

    private static IEnumerable<string> Warnings(GameDefinition game, IIncentiveMechanism mechanism, GameParts parts) =>
    [
        .. (mechanism as IWarningMechanism)?.Warnings(parts.View()) ?? [],
        .. game.Incentive.Floor is { } floor
            ? (string[])[string.Create(
                CultureInfo.InvariantCulture,
                $"rewards are raised to {floor} where they are lower: truthfulness is not proved for such pay")]
            : [],
    ];

    /// <summary>
    /// Fits around the assigned batch sizes. Where the mechanism is to find them, it is asked with every fit, and the next one is
    /// around its answer: a measured slope holds near where it was measured. Where it may leave clients out, the next one is without them.
    /// </summary>
    private async Task<LossSurrogate> MakeAsync(GameDefinition game, PluginChoice choice)
    {
        using var parts = GameParts.Of(game, catalog, constants);
        var batchSizes = parts.StartingBatchSizes();
        int[] leftOut = [];
        for (int fits = 1; ; fits++)
        {
            var surrogate = await FitAsync(game, choice, parts, batchSizes, leftOut);
            if (catalog.CreateMechanism(game.Incentive.Mechanism) is not ISurrogateMechanism mechanism)
            {
                return surrogate;
            }

            var view = parts.View(surrogate);
            int[] more = mechanism.MayLeaveOut ? [.. mechanism.NotWorthwhile(view).Except(leftOut)] : [];
            if (!IsOptimal(game) && more.Length == 0)
            {
                return surrogate;
            }

            int[] assigned = IsOptimal(game) ? Assigned(mechanism.BatchSizes(view), game, parts) : batchSizes;
            double change = assigned.Zip(batchSizes, (to, from) => Math.Abs(to - from) / (double)from)
                .Where((_, client) => surrogate.Asks(client)).Max();
            if (change <= Settled && more.Length == 0)
            {
                return surrogate;
            }

            // Each fit that leaves somebody out has fewer left to leave out.
            if (fits >= MostFits && more.Length == 0)
            {
                warn(
                    $"the optimal batch sizes did not settle: the surrogate '{surrogate.Name}' was made around others in {fits} fits, "
                    + $"and the last ones still changed by up to {100 * change:0}%; compare them with game.assignment set to the "
                    + "batch sizes shown by theory");
                return surrogate;
            }

            batchSizes = assigned;
            leftOut = [.. leftOut.Concat(more).Order()];
        }
    }

    /// <summary>What a mechanism answers, looked at.</summary>
    private int[] Assigned(IReadOnlyList<int>? batchSizes, GameDefinition game, GameParts parts)
    {
        int clients = parts.Profiles.Count;
        var problem = batchSizes?.Count != clients ? $"{batchSizes?.Count ?? 0} batch sizes to {clients} clients"
            : batchSizes.Any(size => size < 1) ? $"a batch of {batchSizes.Min()} samples"
            : null;
        return problem is null
            ? [.. batchSizes!]
            : throw new SettingException(
                game.Incentive.Mechanism.Path,
                $"{catalog.Describe(PluginKind.Mechanism, game.Incentive.Mechanism.Name)} would assign {problem}");
    }

    private async Task<LossSurrogate> FitAsync(
        GameDefinition game, PluginChoice choice, GameParts parts, int[] batchSizes, int[] leftOut)
    {
        var fit = catalog.CreateSurrogate(choice).FitAsync(new SurrogateSetup
        {
            Clients = parts.Profiles,
            Kinds = ClientKinds.Of(game),
            Protocol = game.Learning.Protocol,
            BatchSizes = batchSizes,
            NotAsked = leftOut,
            Seed = new Seed(game.Seed).For("surrogate"),
            Path = choice.Path,
            EveryoneTakesPart = game.Learning.Participation is null,
            Constants = () => parts.Constants(batchSizes),
            PlayAsync = async (episodes, asked) =>
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, asked);
                var played = await PilotPlay.PlayAsync(system, game, episodes, parallelGames, Progress?.Follow(), either.Token);
                HasPlayed = true;
                return played;
            },
        }, cancel);

        // A third party may return no task, or a task of nothing.
        var surrogate = (fit is null ? null : await fit)
            ?? throw new SettingException(choice.Path, $"{catalog.Describe(PluginKind.Surrogate, choice.Name)} made none");
        return surrogate.NotAsked.SequenceEqual(leftOut)
            ? surrogate.Validated(parts.Profiles.Count, choice.Path)
            : throw new SettingException(
                choice.Path,
                $"{catalog.Describe(PluginKind.Surrogate, choice.Name)} cannot say what the loss is without some of the clients; "
                + "must be pilot or given where a mechanism leaves clients out");
    }

    private bool MayLeaveOut(GameDefinition game) =>
        catalog.CreateMechanism(game.Incentive.Mechanism) is ISurrogateMechanism { MayLeaveOut: true };

    private static bool IsOptimal(GameDefinition game) => game.Crowd.BatchSizes.Length == 0;

    private static GameDefinition With(GameDefinition game, LossSurrogate surrogate) =>
        game with { Incentive = game.Incentive with { Surrogate = surrogate } };
}
