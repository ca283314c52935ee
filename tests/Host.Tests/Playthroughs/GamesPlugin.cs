using System.Collections.Concurrent;
using System.ComponentModel;

namespace FLCrowd.Host.Tests.Playthroughs;

/// <summary>What the golden games need beside the built-in plug-ins: a small data set, a client that fails, and a witness.</summary>
internal sealed class GamesPlugin : IPlugin
{
    private readonly ConcurrentDictionary<int, IReadOnlyList<PublishedPayoff>> _published = new();

    /// <summary>By episode: what the witness was told. A file has one game where it has a witness.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<PublishedPayoff>> Published => _published;

    public void Register(IPluginRegistry registry)
    {
        registry.AddDataSet<NoOptions>("test/corners", "Three classes, each around a corner of its own.", _ => Corners());
        registry.AddStrategy<FailingOptions>(
            "test/failing", "Does as asked, but for the times when it fails.", (options, _) => new Failing(options));
        registry.AddStrategy<NoOptions>(
            "test/witness", "Does as asked, and writes down what is published.", (_, _) => new Witness(_published));
    }

    private static DataSet Corners()
    {
        const int classes = 3;
        return new DataSet("corners", classes, new SampleShape(1, 1, classes), Samples(36, new Seed(1)), Samples(24, new Seed(2)))
        {
            // Whose a sample is, and what somebody heard who takes every second 2 for a 1.
            Columns = new Dictionary<string, string[]>
            {
                ["owner"] = [.. Enumerable.Range(0, 36).Select(sample => sample < 20 ? "ann" : sample < 32 ? "bob" : "cem")],
                ["heard"] = [.. Enumerable.Range(0, 36).Select(sample => sample % 6 == 5 ? "1" : $"{sample % classes}")],
            },
        };

        static LabeledSamples Samples(int count, Seed seed)
        {
            byte[] labels = [.. Enumerable.Range(0, count).Select(sample => (byte)(sample % classes))];
            var features = new float[count * classes];
            for (int at = 0; at < features.Length; at++)
            {
                features[at] = (float)((at % classes == labels[at / classes] ? 1 : 0) + (0.5 * seed.Normal(at)));
            }

            return new LabeledSamples(features, labels);
        }
    }

    private sealed class FailingOptions
    {
        [Description("When it fails, as episode.round; in round 0 it cannot choose, in others it cannot report.")]
        public IReadOnlyList<string> At { get; set; } = [];
    }

    private sealed class Failing(FailingOptions options) : IClientStrategy, IReporter
    {
        private int _episode;

        public ClientAction Choose(ClientView view)
        {
            _episode = view.Episode;
            FailIfDue(round: 0);
            return view.Assignment.AsAction;
        }

        public void Report(in ReportView view, Span<float> report) => FailIfDue(view.Round);

        private void FailIfDue(int round)
        {
            if (options.At.Contains($"{_episode}.{round}"))
            {
                throw new InvalidOperationException($"it is round {round}");
            }
        }
    }

    private sealed class Witness(ConcurrentDictionary<int, IReadOnlyList<PublishedPayoff>> published) : IClientStrategy
    {
        public ClientAction Choose(ClientView view)
        {
            if (view.Published is { } told && !published.TryAdd(view.Episode, told))
            {
                throw new InvalidOperationException("there is a witness of this episode already");
            }

            return view.Assignment.AsAction;
        }
    }
}
