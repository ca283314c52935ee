using System.Globalization;

namespace FLCrowd.Host.Tests.Chaos;

/// <summary>
/// What lies between nodes: each listens on a port of its own, and is reached through a relay at another one, which it is known by. So
/// a network can part, be silent, lose and double messages.
/// </summary>
internal sealed class FaultyNetwork : IDisposable
{
    private readonly Lock _changing = new();
    private readonly Seed _seed;
    private readonly Relay[] _relays;
    private readonly List<Link> _links = [];
    private TaskCompletionSource? _silence;
    private int _parted = -1;
    private bool _isLossy;
    private int _passed;

    /// <param name="seed">Of the lot that messages draw.</param>
    /// <param name="nodes">How many nodes there are.</param>
    public FaultyNetwork(Seed seed, int nodes)
    {
        _seed = seed;
        _relays = [.. Enumerable.Range(0, nodes).Select(node => new Relay(this, node))];
    }

    /// <summary>The port that a node is known by.</summary>
    public int PortOf(int node) => _relays[node].Port;

    /// <summary>The port that a node is to listen on.</summary>
    public string OwnPortOf(int node) => _relays[node].Behind.ToString(CultureInfo.InvariantCulture);

    /// <summary>How many messages were lost or came twice.</summary>
    public int Disturbed { get; private set; }

    /// <summary>How many connections nobody knows the origin of.</summary>
    public int Unknown { get; private set; }

    /// <summary>Cuts all connections of a node, and lets none come about.</summary>
    public void Cut(int node)
    {
        lock (_changing)
        {
            _parted = node;
            foreach (var link in _links.Where(link => link.Joins(node)).ToList())
            {
                link.Dispose();
            }
        }
    }

    /// <summary>Lets nothing pass to and from a node.</summary>
    public void Silence(int node)
    {
        lock (_changing)
        {
            (_parted, _silence) = (node, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
    }

    /// <summary>Loses some messages, and doubles some.</summary>
    public void Lose() => _isLossy = true;

    /// <summary>All is well again.</summary>
    public void Heal()
    {
        lock (_changing)
        {
            _silence?.TrySetResult();
            (_parted, _silence, _isLossy) = (-1, null, false);
        }
    }

    public void Dispose()
    {
        Heal();
        Array.ForEach(_relays, relay => relay.Dispose());
        lock (_changing)
        {
            _links.ToList().ForEach(link => link.Dispose());
        }
    }

    /// <summary>A connection came about.</summary>
    public void Add(Link link)
    {
        lock (_changing)
        {
            _links.Add(link);
        }
    }

    /// <summary>A connection is no more.</summary>
    public void Remove(Link link)
    {
        lock (_changing)
        {
            _links.Remove(link);
        }
    }

    /// <summary>The node whose port stands in the first message of a connection, by which a node says who it is; none: -1.</summary>
    public int Sender(ReadOnlySpan<byte> introduction)
    {
        for (int node = 0; node < _relays.Length; node++)
        {
            // As Protobuf writes a port in an address: its tag, and seven bits a byte.
            int port = PortOf(node);
            ReadOnlySpan<byte> written = [0x18, (byte)(port & 0x7f | 0x80), (byte)(port >> 7 & 0x7f | 0x80), (byte)(port >> 14)];
            if (introduction.IndexOf(port < 1 << 14 ? [0x18, (byte)(port & 0x7f | 0x80), (byte)(port >> 7)] : written) >= 0)
            {
                return node;
            }
        }

        Unknown++;
        return -1;
    }

    /// <summary>Waits as long as a message has to.</summary>
    /// <returns>How often it comes.</returns>
    /// <exception cref="IOException">The connection is cut.</exception>
    public async ValueTask<int> PassAsync(Link link, bool isIntroduction)
    {
        Task? silence;
        lock (_changing)
        {
            silence = link.Joins(_parted) ? _silence?.Task ?? throw new IOException("cut") : null;
        }

        await (silence ?? Task.CompletedTask);
        lock (_changing)
        {
            if (!_isLossy || isIntroduction)
            {
                return 1;
            }

            int times = _seed.Index(8, _passed++) switch
            {
                0 => 0,
                1 => 2,
                _ => 1,
            };
            Disturbed += times == 1 ? 0 : 1;
            return times;
        }
    }
}
