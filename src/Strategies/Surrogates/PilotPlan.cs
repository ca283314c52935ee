namespace FLCrowd.Strategies.Surrogates;

/// <summary>Which action a variation of the assignment changes.</summary>
internal enum PilotEffect
{
    Batch,
    Effort,
    Gamma,
}

/// <summary>One variation, played once per seed.</summary>
/// <param name="Effect">What varies.</param>
/// <param name="Group">Whose action varies: an index into <see cref="PilotPlan.Groups"/>.</param>
/// <param name="Amount">How far, in the units of the coefficient: sum of 1/D - 1/D' over the group, 1 - e, or gamma - 1.</param>
/// <param name="First">The index of its episode of the first seed; those of the other seeds follow.</param>
internal sealed record PilotCell(PilotEffect Effect, int Group, double Amount, int First);

/// <summary>The assignment without one client, played once per seed.</summary>
/// <param name="Client">The client.</param>
/// <param name="First">As in <see cref="PilotCell"/>.</param>
internal sealed record PilotAbsence(int Client, int First);

/// <summary>
/// The pilot's episodes: the assignment once per seed, then every variation once per seed, on the same seeds.
/// </summary>
/// <remarks>
/// Batches vary for all clients of a group at once: their noise is independent, so the effects add up while the noise of the measurement
/// does not, and the group's slope is shared equally. Effort and gamma vary for one client at a time, another one on each seed: wrong
/// labels and scaled reports pull in a common direction, so k clients together do up to k^2 times as much as one, and what a client
/// compares is what it can do alone.
/// </remarks>
internal sealed class PilotPlan
{
    private readonly List<PilotEpisode> _episodes = [];
    private readonly List<PilotCell> _cells = [];
    private readonly List<PilotAbsence> _without = [];
    private readonly Seed[] _seeds;
    private readonly ClientAction[] _assigned;

    public PilotPlan(SurrogateSetup setup, PilotOptions options)
    {
        _seeds = [.. Enumerable.Range(0, options.Seeds).Select(replicate => setup.Seed.For("pilot", replicate))];
        _assigned = [.. setup.BatchSizes.Select(size => new ClientAction(Effort: 1, size, Gamma: 1))];
        foreach (int client in setup.NotAsked)
        {
            _assigned[client] = new ClientAction(Effort: 0, BatchSize: 1, Gamma: 1) { Attendance = 0 };
        }

        int[] asked = [.. Enumerable.Range(0, _assigned.Length).Except(setup.NotAsked)];
        Groups = options.PerClient
            ? [.. asked.Select(client => new[] { client })]
            : [.. setup.Clients.Index().Where(entry => _assigned[entry.Index].Attendance == 1)
                .GroupBy(
                    entry => (entry.Item.Weight, entry.Item.SampleCount, setup.Kinds.Count == 0 ? 0 : setup.Kinds[entry.Index]),
                    entry => entry.Index)
                .Select(group => group.ToArray())];

        int variations = options.BatchFactors.Count + options.Efforts.Count + options.Gammas.Count;
        long plays = 1 + (long)Groups.Count * variations;
        bool leavesOut = options.Worth == PilotWorth.Always || (options.Worth == PilotWorth.Auto
            && asked.Length <= plays / 4 && (plays + asked.Length) * options.Seeds <= options.MaxEpisodes);
        long episodes = (plays + (leavesOut ? asked.Length : 0)) * options.Seeds;
        if (episodes > options.MaxEpisodes)
        {
            throw new SettingException(
                $"{setup.Path}.max-episodes",
                $"is {options.MaxEpisodes}, but {Groups.Count} groups of clients with {variations} variations on {options.Seeds} seeds "
                    + $"need {episodes}{(leavesOut ? ", those without each client among them (worth)" : "")}");
        }

        Play(_ => _assigned);
        for (int group = 0; group < Groups.Count; group++)
        {
            AddBatches(group, options.BatchFactors, setup.Clients);
            AddSingles(
                PilotEffect.Effort, group, options.Efforts, effort => 1 - effort, (action, effort) => action with { Effort = effort });
            AddSingles(
                PilotEffect.Gamma, group, options.Gammas, gamma => gamma - 1, (action, gamma) => action with { Gamma = gamma });
        }

        foreach (int client in leavesOut ? asked : [])
        {
            _without.Add(new PilotAbsence(client, _episodes.Count));
            Play(_ => new OneDeviation(_assigned, client, _assigned[client] with { Attendance = 0 }));
        }
    }

    /// <summary>Clients that are taken for alike, in client order.</summary>
    public IReadOnlyList<int[]> Groups { get; }

    /// <summary>The variations; the episodes 0 .. seeds - 1 are the assignment itself.</summary>
    public IReadOnlyList<PilotCell> Cells => _cells;

    /// <summary>The assignment without one client, who stays away; empty where nobody asks what clients are worth.</summary>
    public IReadOnlyList<PilotAbsence> Without => _without;

    /// <summary>All episodes.</summary>
    public IReadOnlyList<PilotEpisode> Episodes => _episodes;

    private void AddBatches(int group, IReadOnlyList<double> factors, IReadOnlyList<ClientProfile> clients)
    {
        var tried = new HashSet<double>();
        foreach (double factor in factors.Distinct())
        {
            var actions = (ClientAction[])_assigned.Clone();
            double amount = 0;
            foreach (int client in Groups[group])
            {
                int assigned = _assigned[client].BatchSize;
                int size = (int)Math.Clamp(Math.Round(factor * assigned), 1, clients[client].MaxBatchSize);
                actions[client] = _assigned[client] with { BatchSize = size };
                amount += 1.0 / size - 1.0 / assigned;
            }

            if (amount != 0 && tried.Add(amount))
            {
                _cells.Add(new PilotCell(PilotEffect.Batch, group, amount, _episodes.Count));
                Play(_ => actions);
            }
        }
    }

    private void AddSingles(
        PilotEffect effect,
        int group,
        IReadOnlyList<double> levels,
        Func<double, double> amount,
        Func<ClientAction, double, ClientAction> vary)
    {
        var members = Groups[group];
        foreach (double level in levels.Distinct())
        {
            _cells.Add(new PilotCell(effect, group, amount(level), _episodes.Count));
            Play(replicate =>
            {
                int client = members[members.Length <= _seeds.Length
                    ? replicate % members.Length
                    : (int)((long)replicate * members.Length / _seeds.Length)];
                return new OneDeviation(_assigned, client, vary(_assigned[client], level));
            });
        }
    }

    private void Play(Func<int, IReadOnlyList<ClientAction>> actions)
    {
        for (int replicate = 0; replicate < _seeds.Length; replicate++)
        {
            _episodes.Add(new PilotEpisode(_seeds[replicate], actions(replicate)));
        }
    }
}
