using System.Globalization;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using FLCrowd.Actors.Definitions;

namespace FLCrowd.Experiments.Configuration;

/// <summary>Who takes part in a round: the block <c>learning.participation</c>.</summary>
internal static class ParticipationSection
{
    private const string None = "none";

    /// <param name="section">The block.</param>
    /// <param name="clients">The number of clients N.</param>
    /// <param name="isLinear">Whether the game's aggregator is a weighted mean.</param>
    /// <param name="files">Gets the file of the schedule.</param>
    /// <returns>Null where all clients take part in all rounds.</returns>
    /// <exception cref="SettingException">A setting is out of its range or does not go with another, or the schedule's file is
    /// wrong.</exception>
    public static ParticipationSettings? Read(Section section, int clients, bool isLinear, ICollection<DataFile> files)
    {
        double rate = section.Number("rate", Bounds.Between(0, 1));
        int? count = section.WholeOr("count", 1, None, clients);
        var file = section.Text("schedule");
        var by = section.Word<ParticipationBy>("by");
        var aggregation = section.Word<ParticipationAggregation>("aggregation");
        double[] dropOut = DropOut(section, clients);
        section.Done();
        bool hasSchedule = file != None;
        if (rate == 0)
        {
            throw section.Wrong("rate", "above 0: somebody has to take part");
        }

        if ((rate < 1 ? 1 : 0) + (count is null ? 0 : 1) + (hasSchedule ? 1 : 0) > 1)
        {
            throw new SettingException(section.PathOf("rate"), "stands beside count or schedule; must be one of rate, count and schedule");
        }

        if (hasSchedule && by == ParticipationBy.Samples)
        {
            throw section.Wrong("by", "uniform where there is a schedule, which says who takes part");
        }

        var settings = new ParticipationSettings
        {
            Rate = rate,
            Count = count == clients ? null : count,
            IsBySamples = by == ParticipationBy.Samples && (rate < 1 || (count is { } some && some < clients)),
            IsUnbiased = aggregation == ParticipationAggregation.Unbiased,
            DropOut = dropOut,
            Schedule = hasSchedule ? ScheduleFile.Read(file, clients, files) : null,
        };
        if (settings is { Rate: 1, Count: null, Schedule: null, DropOut: [] })
        {
            return null;
        }

        if (settings.IsUnbiased && hasSchedule)
        {
            throw section.Wrong("aggregation", "renormalised where there is a schedule: nothing is drawn, so no report stands for others");
        }

        return !settings.IsUnbiased || isLinear
            ? settings
            : throw section.Wrong("aggregation", "renormalised with an aggregator that is no weighted mean of the reports");
    }

    private static double[] DropOut(Section section, int clients)
    {
        var values = section.List("drop-out");
        double[] each = [.. values.Select((value, index) => Probability(value)
            ?? throw new SettingException(
                values.Count == 1 ? section.PathOf("drop-out") : $"{section.PathOf("drop-out")}[{index}]",
                $"is {value?.ToString() ?? "null"}; must be a number of at least 0 and below 1"))];
        if (each.Length != 1 && each.Length != clients)
        {
            throw new SettingException(
                section.PathOf("drop-out"), $"has {each.Length} values; must be one for all clients, or one for each of {clients}");
        }

        return each.All(probability => probability == 0) ? [] : each;
    }

    private static double? Probability(JsonNode? value) =>
        double.TryParse((value as JsonValue)?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double probability)
            && probability is >= 0 and < 1
            ? probability
            : null;
}

/// <summary>How the server chooses whom it asks.</summary>
internal enum ParticipationBy
{
    /// <summary>All alike.</summary>
    Uniform,

    /// <summary>In proportion to the samples that they hold.</summary>
    Samples,
}

/// <summary>What the server makes of the reports of some.</summary>
internal enum ParticipationAggregation
{
    /// <summary>The weights of those that are heard are scaled up.</summary>
    Renormalised,

    /// <summary>Each report stands for 1 / q_i of its kind.</summary>
    Unbiased,
}

/// <summary>A table of who takes part when: client, from round, to round.</summary>
internal static class ScheduleFile
{
    /// <exception cref="SettingException">The file is missing, or a line is wrong: names it.</exception>
    public static AttendedRounds[] Read(string file, int clients, ICollection<DataFile> files)
    {
        var (bytes, listed) = SettingFile.Read("learning.participation.schedule", file, "a CSV file with the columns client, from, to");
        files.Add(listed);
        using var csv = new CsvParser(
            new StreamReader(new MemoryStream(bytes)),
            new CsvConfiguration(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim });
        if (!csv.Read() || csv.Record is not ["client", "from", "to"])
        {
            throw new SettingException(file, "line 1 must be the columns: client,from,to");
        }

        var entries = new List<AttendedRounds>();
        while (csv.Read())
        {
            if (csv.Record is not [var client, var from, var to])
            {
                throw Wrong($"has {csv.Record!.Length} fields; must have three: client, from, to");
            }

            var entry = new AttendedRounds(Whole(client, "client", 0, clients - 1), Whole(from, "from", 1), Whole(to, "to", 1));
            entries.Add(entry.From <= entry.To
                ? entry
                : throw Wrong($"goes from round {entry.From} to {entry.To}; must not end before it begins"));
        }

        return [.. entries.OrderBy(entry => entry.Client).ThenBy(entry => entry.From).ThenBy(entry => entry.To)];

        int Whole(string text, string name, int least, int most = int.MaxValue) =>
            WholeNumber.Parse<int>(text) is { } number && number >= least && number <= most
                ? number
                : throw Wrong($"has '{text}' as {name}; must be a whole number of at least {least}"
                    + (most < int.MaxValue ? $" and at most {most}" : ""));

        SettingException Wrong(string problem) => new(file, $"line {csv.RawRow} {problem}");
    }
}
