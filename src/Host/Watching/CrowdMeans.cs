using System.Text;
using System.Text.Json.Nodes;
using FLCrowd.Actors.Recording;

namespace FLCrowd.Host.Watching;

/// <summary>What the clients of an episode did on average, in all and by strategy.</summary>
internal sealed class CrowdMeans
{
    private readonly Dictionary<string, Sums> _strategies = [];

    /// <summary>Adds a client.</summary>
    public void Add(ClientFields columns, ReadOnlySpan<byte> row)
    {
        var name = columns.Strategy(row);
        if (!_strategies.TryGetValue(name, out var sums))
        {
            _strategies[name] = sums = new Sums();
        }

        sums.Add(columns.Effort(row), columns.Share(row), columns.Gamma(row), columns.Payoff(row));
    }

    /// <summary>By strategy: how many clients, and the means of e, D / D', gamma and u; null where there is none.</summary>
    public JsonObject ToJson() => new(_strategies.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry =>
        KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value.ToJson())));

    private sealed class Sums
    {
        private readonly double[] _sum = new double[4];
        private readonly int[] _count = new int[4];
        private int _clients;

        public void Add(params ReadOnlySpan<double> values)
        {
            _clients++;
            for (int index = 0; index < values.Length; index++)
            {
                if (!double.IsNaN(values[index]))
                {
                    _sum[index] += values[index];
                    _count[index]++;
                }
            }
        }

        public JsonArray ToJson() => new(
            [_clients, .. _sum.Zip(_count, (sum, count) => count == 0 ? null : (JsonNode?)(sum / count))]);
    }
}

/// <summary>Where what is shown of a client stands in the rows of clients.csv.</summary>
/// <param name="header">The names of its columns.</param>
internal sealed class ClientFields(IReadOnlyList<string> header)
{
    private const int MostLetters = 128;

    private readonly int _strategy = header.IndexOf(ClientTable.Strategy.Name);
    private readonly int _assigned = header.IndexOf(ClientTable.AssignedBatchSize.Name);
    private readonly int _effort = header.IndexOf(ClientTable.Effort.Name);
    private readonly int _batch = header.IndexOf(ClientTable.BatchSize.Name);
    private readonly int _gamma = header.IndexOf(ClientTable.Gamma.Name);
    private readonly int _payoff = header.IndexOf(ClientTable.Payoff.Name);
    private readonly HashSet<string> _names = [];

    /// <summary>Its strategy's name. There are few names and many rows, which share their texts.</summary>
    public string Strategy(ReadOnlySpan<byte> row)
    {
        var field = CsvLine.Field(row, _strategy);
        Span<char> letters = stackalloc char[MostLetters];
        if (field.Length > MostLetters || field is [(byte)'"', ..])
        {
            return CsvLine.Text(field);
        }

        letters = letters[..Encoding.UTF8.GetChars(field, letters)];
        var known = _names.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(letters, out var name))
        {
            return name;
        }

        _names.Add(name = letters.ToString());
        return name;
    }

    /// <summary>e.</summary>
    public double Effort(ReadOnlySpan<byte> row) => CsvLine.Number(CsvLine.Field(row, _effort));

    /// <summary>D / D'.</summary>
    public double Share(ReadOnlySpan<byte> row) =>
        CsvLine.Number(CsvLine.Field(row, _batch)) / CsvLine.Number(CsvLine.Field(row, _assigned));

    /// <summary>gamma.</summary>
    public double Gamma(ReadOnlySpan<byte> row) => CsvLine.Number(CsvLine.Field(row, _gamma));

    /// <summary>u, in money.</summary>
    public double Payoff(ReadOnlySpan<byte> row) => CsvLine.Number(CsvLine.Field(row, _payoff));
}

file static class Lists
{
    public static int IndexOf(this IReadOnlyList<string> list, string name)
    {
        for (int index = 0; index < list.Count; index++)
        {
            if (list[index] == name)
            {
                return index;
            }
        }

        return int.MaxValue;
    }
}
