using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using CsvHelper;
using CsvHelper.Configuration;

namespace FLCrowd.Model.Labeling;

/// <summary>People's answers, by sample: a CSV table of samples, workers and answers, as crowdsourcing platforms export it.</summary>
internal sealed class AnnotatorTable
{
    private const string FilePath = "data.labels.annotators.file";

    private static readonly ConditionalWeakTable<DataSet, ConcurrentDictionary<AnnotatorSettings, AnnotatorTable>> Read = [];

    private readonly int[] _starts;
    private readonly int[] _workers;
    private readonly byte[] _answers;
    private readonly short[] _majority;

    private AnnotatorTable(int samples, int classes, List<(int Sample, string Worker, byte Answer)> rows)
    {
        string[] workers = [.. rows.Select(row => row.Worker).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var ids = workers.Index().ToDictionary(worker => worker.Item, worker => worker.Index, StringComparer.Ordinal);
        (WorkerCount, _starts, _majority) = (workers.Length, new int[samples + 1], new short[samples]);
        (_workers, _answers) = (new int[rows.Count], new byte[rows.Count]);
        int next = 0;
        foreach (var row in rows.OrderBy(row => row.Sample).ThenBy(row => ids[row.Worker]))
        {
            (_workers[next], _answers[next++], _starts[row.Sample + 1]) = (ids[row.Worker], row.Answer, next);
        }

        var votes = new int[classes];
        for (int sample = 0; sample < samples; sample++)
        {
            _starts[sample + 1] = Math.Max(_starts[sample + 1], _starts[sample]);
            Array.Clear(votes);
            foreach (byte answer in Answers(sample).Given)
            {
                votes[answer]++;
            }

            int most = votes.Max();
            _majority[sample] = (short)(most == 0 ? LabelGiver.Unknown : Array.IndexOf(votes, most));
        }
    }

    /// <summary>How many people answered.</summary>
    public int WorkerCount { get; }

    /// <summary>Who answered what to a sample, by worker: their number is their place in the ordinal order of names.</summary>
    public (ReadOnlyMemory<int> Workers, byte[] Given) Answers(int sample) =>
        (_workers.AsMemory(_starts[sample].._starts[sample + 1]), _answers[_starts[sample].._starts[sample + 1]]);

    /// <summary>What one worker of a pool answered to a sample; <see cref="LabelGiver.Unknown"/>: none of them did.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="pool">The workers.</param>
    /// <param name="choose">Chooses one of so many answers.</param>
    public int OneOf(int sample, ReadOnlySpan<int> pool, Func<int, int> choose)
    {
        int answers = 0;
        for (int row = _starts[sample]; row < _starts[sample + 1]; row++)
        {
            answers += pool.Contains(_workers[row]) ? 1 : 0;
        }

        int left = answers == 0 ? 0 : choose(answers);
        for (int row = _starts[sample]; answers > 0; row++)
        {
            if (pool.Contains(_workers[row]) && left-- == 0)
            {
                return _answers[row];
            }
        }

        return LabelGiver.Unknown;
    }

    /// <summary>The share of a pool's answers to a sample that are not the label given; null: none of them answered.</summary>
    public double? Wrong(int sample, ReadOnlySpan<int> pool, byte label)
    {
        int answers = 0, wrong = 0;
        for (int row = _starts[sample]; row < _starts[sample + 1]; row++)
        {
            if (pool.Contains(_workers[row]))
            {
                answers++;
                wrong += _answers[row] == label ? 0 : 1;
            }
        }

        return answers == 0 ? null : (double)wrong / answers;
    }

    /// <summary>What most workers answered to a sample, the smallest class where several are as many; <see cref="LabelGiver.Unknown"/>:
    /// nobody did.</summary>
    public int Majority(int sample) => _majority[sample];

    /// <summary>Reads a table; one that is known by its checksum once per data set.</summary>
    /// <exception cref="SettingException">It cannot be read, is another one, or does not fit the data; names file and line.</exception>
    public static AnnotatorTable Of(AnnotatorSettings settings, DataSet data) => settings.Sha256 is null
        ? Load(settings, data)
        : Read.GetOrCreateValue(data).GetOrAdd(settings, asked => Load(asked, data));

    private static AnnotatorTable Load(AnnotatorSettings settings, DataSet data)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(settings.File);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SettingException(FilePath, $"is {settings.File}, which cannot be read: {e.Message}");
        }

        if (settings.Sha256 is { } expected && Convert.ToHexStringLower(SHA256.HashData(bytes)) is var found && found != expected)
        {
            throw new SettingException(
                FilePath, $"is {settings.File}, which has SHA-256 {found} here; must be the file that the run began with, {expected}");
        }

        using var reader = new StreamReader(new MemoryStream(bytes));
        using var csv = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null });
        return Parse(csv, settings, data);
    }

    private static AnnotatorTable Parse(CsvParser csv, AnnotatorSettings settings, DataSet data)
    {
        string[] header = csv.Read() ? csv.Record! : [];
        var (sample, worker, answer) = (Place(settings.Sample), Place(settings.Worker), Place(settings.Answer));
        var classes = new ClassTexts(data);
        var rows = new List<(int Sample, string Worker, byte Answer)>();
        while (csv.Read())
        {
            var record = csv.Record!;
            if (record.Length != header.Length)
            {
                throw Wrong($"has {record.Length} fields; must have {header.Length}, as the first line");
            }

            if (WholeNumber.Parse<int>(record[sample].Trim()) is not { } index || index < 0 || index >= data.Training.Count)
            {
                throw Wrong($"has the sample '{record[sample]}'; must be a position in the training set of '{data.Name}', 0 to "
                    + $"{data.Training.Count - 1}");
            }

            if (classes.Find(record[answer]) is not { } given)
            {
                throw Wrong($"has the answer '{record[answer]}'; must be a class: {classes.Known}");
            }

            rows.Add((index, record[worker], (byte)given));
        }

        return rows.Count > 0 ? new AnnotatorTable(data.Training.Count, data.ClassCount, rows) : throw Wrong("has no answers");

        int Place(string column) => Array.IndexOf(header, column) is >= 0 and var place
            ? place
            : throw Wrong($"has no column '{column}'; its columns are {string.Join(", ", header)}");

        SettingException Wrong(string problem) => new(FilePath, $"{settings.File}, line {Math.Max(1, csv.RawRow)}: {problem}");
    }
}
