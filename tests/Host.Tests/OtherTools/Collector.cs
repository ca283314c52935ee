using System.Net;
using System.Net.Sockets;
using System.Text;
using Google.Protobuf;

namespace FLCrowd.Host.Tests.OtherTools;

/// <summary>
/// As much of a collector of OpenTelemetry as a test needs: takes metrics by HTTP (opentelemetry/proto/metrics/v1/metrics.proto), and keeps
/// the last value of every sum of every process.
/// </summary>
internal sealed class Collector : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Dictionary<string, Exported> _sums = [];
    private readonly List<TcpClient> _clients = [];
    private readonly bool _answers;

    /// <param name="answers">Whether it answers at all.</param>
    public Collector(bool answers = true)
    {
        _answers = answers;
        _listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _ = AcceptAsync();
    }

    /// <summary>Where it is.</summary>
    public string Address { get; }

    /// <summary>The paths that were asked for.</summary>
    public HashSet<string> Paths { get; } = [];

    /// <summary>How many came to it.</summary>
    public int Visitors { get; private set; }

    /// <summary>By process, metric and attributes, "worker flcrowd.rounds flcrowd.round.replay=False", what was sent last.</summary>
    public IReadOnlyDictionary<string, Exported> Sums
    {
        get
        {
            lock (_sums)
            {
                return new Dictionary<string, Exported>(_sums);
            }
        }
    }

    /// <summary>The last value of a sum.</summary>
    public long this[string name] => Sums.TryGetValue(name, out var sum) ? sum.Value : 0;

    public void Dispose()
    {
        _listener.Dispose();
        lock (_sums)
        {
            _clients.ForEach(client => client.Dispose());
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                lock (_sums)
                {
                    _clients.Add(client);
                    Visitors++;
                }

                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            var stream = client.GetStream();
            while (_answers && await HeaderAsync(stream) is { } header)
            {
                var body = new byte[int.Parse(
                    header.First(line => line.StartsWith("content-length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1],
                    System.Globalization.CultureInfo.InvariantCulture)];
                await stream.ReadExactlyAsync(body);
                lock (_sums)
                {
                    Paths.Add(header[0]);
                    ReadRequest(body);
                }

                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // Whoever it was is gone.
        }
    }

    private static async Task<string[]?> HeaderAsync(Stream stream)
    {
        var header = new StringBuilder();
        var one = new byte[1];
        while (!header.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one) == 0)
            {
                return null;
            }

            header.Append((char)one[0]);
        }

        return header.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }

    private void ReadRequest(byte[] request)
    {
        foreach (var resourceMetrics in Fields(request, 1))
        {
            var resource = Fields(Fields(resourceMetrics, 1).Single(), 1).Select(Attribute).ToDictionary();
            foreach (var scope in Fields(resourceMetrics, 2))
            {
                Assert.Equal("FLCrowd", Encoding.UTF8.GetString(Fields(Fields(scope, 1).Single(), 1).Single()));
                foreach (var metric in Fields(scope, 2))
                {
                    ReadMetric(resource, metric);
                }
            }
        }
    }

    private void ReadMetric(Dictionary<string, string> resource, byte[] metric)
    {
        var name = Encoding.UTF8.GetString(Fields(metric, 1).Single());
        var unit = Encoding.UTF8.GetString(Fields(metric, 3).Single());
        foreach (var sum in Fields(metric, 7))
        {
            bool isCumulative = Numbers(sum, 2).Single() == 2;
            foreach (var point in Fields(sum, 1))
            {
                var attributes = string.Concat(Fields(point, 7).Select(Attribute).Select(pair => $" {pair.Key}={pair.Value}"));
                _sums[$"{resource["flcrowd.node.role"]} {name}{attributes}"] =
                    new Exported(Numbers(point, 6).Single(), unit, isCumulative, resource);
            }
        }
    }

    private static KeyValuePair<string, string> Attribute(byte[] pair)
    {
        var value = Fields(pair, 2).Single();
        return KeyValuePair.Create(
            Encoding.UTF8.GetString(Fields(pair, 1).Single()),
            Fields(value, 1) is [var text] ? Encoding.UTF8.GetString(text) : Numbers(value, 2) is [var flag] ? $"{flag != 0}" : "?");
    }

    /// <summary>The messages, texts and bytes of a field.</summary>
    private static List<byte[]> Fields(byte[] message, int field) =>
        [.. Read(message).Where(each => each.Field == field && each.Bytes is not null).Select(each => each.Bytes!)];

    /// <summary>The numbers of a field.</summary>
    private static List<long> Numbers(byte[] message, int field) =>
        [.. Read(message).Where(each => each.Field == field && each.Bytes is null).Select(each => each.Number)];

    private static IEnumerable<(int Field, byte[]? Bytes, long Number)> Read(byte[] message)
    {
        var input = new CodedInputStream(message);
        while (input.ReadTag() is not 0 and var tag)
        {
            int field = WireFormat.GetTagFieldNumber(tag);
            yield return WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.LengthDelimited => (field, input.ReadBytes().ToByteArray(), 0),
                WireFormat.WireType.Varint => (field, null, input.ReadInt64()),
                WireFormat.WireType.Fixed64 => (field, null, input.ReadSFixed64()),
                _ => (field, null, input.ReadSFixed32()),
            };
        }
    }
}

/// <summary>What a process told of a sum.</summary>
/// <param name="Value">The last value.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="IsCumulative">Whether it is the sum since the process began.</param>
/// <param name="Resource">What the process says of itself.</param>
internal sealed record Exported(long Value, string Unit, bool IsCumulative, IReadOnlyDictionary<string, string> Resource);
