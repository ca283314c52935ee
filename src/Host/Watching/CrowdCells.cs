using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FLCrowd.Host.Watching;

/// <summary>The clients of an episode as cells: one each, or where they are too many, the means of several.</summary>
internal sealed class CrowdCells
{
    private const int Values = 4;

    private readonly int _clients;
    private readonly int _per;
    private readonly List<string> _strategies = [];
    private readonly double[] _cells;
    private readonly double[] _sum = new double[Values];
    private readonly int[] _count = new int[Values];
    private readonly Dictionary<int, int> _votes = [];
    private int _client;

    /// <param name="clients">How many there are.</param>
    /// <param name="most">How many cells there may be.</param>
    public CrowdCells(int clients, int most)
    {
        (_clients, _per) = (clients, Parts(clients, most));
        _cells = new double[(Values + 1) * Parts(clients, _per)];
    }

    private int Cells => _cells.Length / (Values + 1);

    /// <summary>Takes the next client.</summary>
    public void Add(ClientFields fields, ReadOnlySpan<byte> row)
    {
        Add(0, fields.Effort(row));
        Add(1, fields.Share(row));
        Add(2, fields.Gamma(row));
        Add(3, fields.Payoff(row));
        var name = fields.Strategy(row);
        int strategy = _strategies.IndexOf(name);
        if (strategy < 0)
        {
            strategy = _strategies.Count;
            _strategies.Add(name);
        }

        _votes[strategy] = _votes.GetValueOrDefault(strategy) + 1;
        if (++_client % _per == 0 || _client == _clients)
        {
            End((_client - 1) / _per);
        }
    }

    /// <summary>All of it, as <see cref="RunTail.Crowd"/> says.</summary>
    public byte[] ToBytes()
    {
        byte[] header = JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["clients"] = _clients,
            ["cells"] = Cells,
            ["per"] = _per,
            ["strategies"] = new JsonArray([.. _strategies.Select(name => JsonValue.Create(name))]),
        });
        var bytes = new byte[sizeof(int) + header.Length + sizeof(double) * _cells.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, header.Length);
        header.CopyTo(bytes.AsSpan(sizeof(int)));
        var numbers = bytes.AsSpan(sizeof(int) + header.Length);
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(_cells.AsSpan()).CopyTo(numbers);
            return bytes;
        }

        for (int index = 0; index < _cells.Length; index++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(numbers[(index * sizeof(double))..], _cells[index]);
        }

        return bytes;
    }

    private static int Parts(int whole, int size) => (whole + size - 1) / size;

    private void Add(int value, double number)
    {
        if (!double.IsNaN(number))
        {
            _sum[value] += number;
            _count[value]++;
        }
    }

    private void End(int cell)
    {
        for (int value = 0; value < Values; value++)
        {
            _cells[value * Cells + cell] = _count[value] == 0 ? double.NaN : _sum[value] / _count[value];
        }

        _cells[Values * Cells + cell] = _votes.MaxBy(vote => vote.Value).Key;
        _votes.Clear();
        _sum.AsSpan().Clear();
        _count.AsSpan().Clear();
    }
}
