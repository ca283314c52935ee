using System.Buffers;
using System.Security.Cryptography;

namespace FLCrowd.Conformance.Tests;

/// <summary>Strategies that each break one rule.</summary>
internal sealed class BrokenStrategies : IPlugin
{
    public void Register(IPluginRegistry registry)
    {
        Add<NoEffort>("no-effort");
        Add<HugeBatch>("huge-batch");
        Add<Throwing>("throwing");
        Add<Refusing>("refusing");
        Add<Unseeded>("unseeded");
        Add<Clock>("clock");
        Add<HashOfTheProcess>("hash");
        Add<HiddenGenerator>("hidden-generator");
        Add<Cipher>("cipher");
        Add<Coin>("coin");
        Add<Constant>("constant");
        Add<Counting>("counting");
        Add<Forgetful>("forgetful");
        Add<Shuffling>("shuffling");
        Add<SharedNumber>("shared-number");
        Add<SharedProperty>("shared-property");
        Add<SharedList>("shared-list");
        Add<OddLabels>("odd-labels");
        Add<MoodyLabels>("moody-labels");
        Add<NotANumber>("not-a-number");
        Add<DriftingReports>("drifting-reports");
        Add<Slow>("slow");

        void Add<T>(string name)
            where T : IClientStrategy, new() => registry.AddStrategy<NoOptions>($"broken/{name}", "", (_, _) => new T());
    }

    private sealed class NoEffort : IClientStrategy
    {
        public ClientAction Choose(ClientView view) => view.Assignment.AsAction with { Effort = double.NaN };
    }

    private sealed class HugeBatch : IClientStrategy
    {
        public ClientAction Choose(ClientView view) => view.Assignment.AsAction with { BatchSize = 500 };
    }

    private sealed class Throwing : IClientStrategy
    {
        public ClientAction Choose(ClientView view) =>
            view.Costs.Labeling == 0 ? throw new DivideByZeroException("no costs") : view.Assignment.AsAction;
    }

    private sealed class Refusing : IClientStrategy
    {
        public ClientAction Choose(ClientView view) => throw new InvalidActionException("not this game");
    }

#pragma warning disable RS0030 // what the rules forbid
    private sealed class Unseeded : IClientStrategy
    {
        public ClientAction Choose(ClientView view) => view.Assignment.AsAction with { Effort = Random.Shared.NextDouble() };
    }

    private sealed class Clock : IClientStrategy
    {
        public ClientAction Choose(ClientView view) => view.Assignment.AsAction with { Effort = Late() };

        private static double Late() => DateTime.UtcNow.Year > 3000 ? 1 : 0;
    }

    private sealed class HiddenGenerator : IClientStrategy
    {
        private readonly Random _random = new(7);

        public ClientAction Choose(ClientView view) => view.Assignment.AsAction with { Effort = _random.NextDouble() };
    }
#pragma warning restore RS0030

    private sealed class HashOfTheProcess : IClientStrategy
    {
        public ClientAction Choose(ClientView view) =>
            view.Assignment.AsAction with { Effort = (HashCode.Combine(view.Client, view.Episode) & 255) / 255.0 };
    }

    private sealed class Cipher : IClientStrategy
    {
        public ClientAction Choose(ClientView view) => Array.ConvertAll([1.0], effort => view.Assignment.AsAction with
        {
            Effort = RandomNumberGenerator.GetInt32(2) * effort,
        })[0];
    }

    private sealed class Coin : IClientStrategy
    {
        public ClientAction Choose(ClientView view) => view.Assignment.AsAction with { Effort = view.Seed.Index(2, draw: 0) };
    }

    private sealed class Constant : IClientStrategy
    {
        public ClientAction Choose(ClientView view) => view.Assignment.AsAction;
    }

    private sealed class Counting : IClientStrategy
    {
        private int _episodes;

        public ClientAction Choose(ClientView view) => view.Assignment.AsAction with { Gamma = _episodes++ };
    }

    /// <summary>Saves one of two things that it goes by.</summary>
    private class Forgetful : IClientStrategy, IStrategyMemory
    {
        private byte _wins;
        private byte _losses;

        public virtual ClientAction Choose(ClientView view) => view.Assignment.AsAction with { Gamma = _wins + 0.1 * _losses };

        public void Observe(EpisodeOutcome outcome) => _ = outcome.Payoff > 0 ? _wins++ : _losses++;

        public virtual void Save(IBufferWriter<byte> writer) => writer.Write([_wins]);

        public void Load(ReadOnlySpan<byte> memory) => _wins = memory[0];
    }

    /// <summary>Writes equal memories in different bytes.</summary>
    private sealed class Shuffling : Forgetful
    {
        private byte _saves;

        public override ClientAction Choose(ClientView view) => view.Assignment.AsAction;

        public override void Save(IBufferWriter<byte> writer) => writer.Write([_saves++]);
    }

    private sealed class SharedNumber : IClientStrategy
    {
        private static int _choices;

        public ClientAction Choose(ClientView view) => view.Assignment.AsAction with { Gamma = ++_choices > 0 ? 1 : 0 };
    }

    private sealed class SharedProperty : IClientStrategy
    {
        private static double Last { get; set; }

        public ClientAction Choose(ClientView view) => view.Assignment.AsAction with { Gamma = (Last = view.Weight) > 2 ? 1 : 0 };
    }

    private sealed class SharedList : IClientStrategy
    {
        private static readonly List<int> Seen = [];

        public ClientAction Choose(ClientView view)
        {
            Seen.Add(view.Client);
            return view.Assignment.AsAction;
        }
    }

    private sealed class OddLabels : IClientStrategy, ILabeler
    {
        public ClientAction Choose(ClientView view) => view.Assignment.AsAction;

        public int Label(in LabelView view) => view.Label + 1;
    }

    private sealed class MoodyLabels : IClientStrategy, ILabeler
    {
        private int _labeled;

        public ClientAction Choose(ClientView view)
        {
            _labeled = 0;
            return view.Assignment.AsAction;
        }

        public int Label(in LabelView view) => _labeled++ % view.ClassCount;
    }

    private sealed class NotANumber : IClientStrategy, IReporter
    {
        public ClientAction Choose(ClientView view) => view.Assignment.AsAction;

        public void Report(in ReportView view, Span<float> report) => report[^1] = float.PositiveInfinity;
    }

    private sealed class DriftingReports : IClientStrategy, IReporter
    {
        private float _drift;

        public ClientAction Choose(ClientView view)
        {
            _drift = 0;
            return view.Assignment.AsAction;
        }

        public void Report(in ReportView view, Span<float> report) => report[0] += ++_drift;
    }

    private sealed class Slow : IClientStrategy
    {
        public ClientAction Choose(ClientView view)
        {
            double sum = 0;
            for (int k = 0; k < 20_000; k++)
            {
                sum += view.Seed.Normal(k);
            }

            return view.Assignment.AsAction with { Gamma = sum > double.MaxValue ? 0 : 1 };
        }
    }
}
