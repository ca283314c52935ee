using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using FLCrowd.Experiments.Sweeps;
using FLCrowd.Host.Watching;

namespace FLCrowd.Host.Tests.Watching;

public sealed class RunTailSpec : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_recorded_run_has_the_numbers_of_its_tables()
    {
        var tail = Read(_folder.CopyOfGoldenRun());
        var episodes = tail.Episodes(0, int.MaxValue);
        var lines = File.ReadAllLines(_folder.In("episodes.csv"));
        Assert.Equal(lines.Length - 1, tail.Count);
        Assert.Equal(tail.Count, episodes.Count);
        var header = lines[0].Split(',');
        foreach (var (line, episode) in lines.Skip(1).Zip(episodes))
        {
            foreach (var (name, field) in header.Zip(line.Split(',')))
            {
                Assert.Equal(field, episode![name]?.ToString() ?? "");
            }
        }

        // As the report reads them.
        var summary = RunTables.Read(_folder.Path, ["variant"]).Cells.SelectMany(cell => cell.Strategies).ToList();
        var crowds = episodes.Select(episode => episode!["crowd"]!.AsObject()).ToList();
        Assert.Equal(
            summary.Select(strategy => strategy.Strategy).Distinct().Order(),
            crowds.SelectMany(crowd => crowd.Select(entry => entry.Key)).Distinct().Order());
    }

    [Fact]
    public void Means_are_over_the_clients_of_a_strategy_that_have_a_number()
    {
        new GrowingRun(_folder.In("run")).Append([new Deed(1), new Deed(.5, 5, 0, -1), new Deed(double.NaN, Strategy: "lost")], .1, .9);
        var tail = Read(_folder.In("run"));
        var crowd = tail.Episodes(0, 1)[0]!["crowd"]!;
        Assert.Equal("[2,0.75,0.75,0.5,0.5]", crowd["truthful"]!.ToJsonString());
        Assert.Equal("[1,null,1,1,2]", crowd["lost"]!.ToJsonString());
        Assert.Equal("[[0,0.5,1.9,0.1],[1,0.5,1.1,0.9]]", tail.Rounds(0)!.ToJsonString());
        Assert.Null(tail.Rounds(1));
    }

    [Fact]
    public void The_crowd_of_an_episode_is_a_value_per_client()
    {
        var run = new GrowingRun(_folder.In("run"));
        run.Append([new Deed(1), new Deed(.25, 5, -1, -3.5, "lazy")], .5);
        run.Append([new Deed(0), new Deed(1)], .5);
        var tail = Read(_folder.In("run"));
        var (header, values) = Decode(tail.Crowd(0)!);
        Assert.Equal("{\"clients\":2,\"cells\":2,\"per\":1,\"strategies\":[\"truthful\",\"lazy\"]}", header.ToJsonString());
        Assert.Equal([1, .25, 1, .5, 1, -1, 2, -3.5, 0, 1], values);
        Assert.Equal([0, 1], Decode(tail.Crowd(1)!).Values.Take(2));
    }

    [Fact]
    public void Beyond_a_hundred_thousand_clients_a_cell_is_the_mean_of_several()
    {
        const int Clients = 250_001;
        new GrowingRun(_folder.In("run")).Append(Enumerable.Range(0, Clients).Select(client => new Deed(client % 3)), .5);
        var (header, values) = Decode(Read(_folder.In("run")).Crowd(0)!);
        Assert.Equal((Clients, 83_334, 3), ((int)header["clients"]!, (int)header["cells"]!, (int)header["per"]!));
        Assert.Equal(5 * 83_334, values.Length);
        Assert.All(values.Take(83_333), mean => Assert.Equal(1, mean));

        // The last cell has two clients: 249,999 and 250,000.
        Assert.Equal(.5, values[83_333]);
    }

    [Fact]
    public void A_clients_history_is_that_of_its_game()
    {
        var run = new GrowingRun(_folder.In("run"));
        var crowd = Enumerable.Range(0, 600).Select(client => new Deed(client)).ToList();
        run.Append(0, crowd, .5);
        run.Append(1, crowd, .5);
        run.Append(1, [.. crowd.Take(300), new Deed(.125), .. crowd.Skip(301)], .5);
        var tail = Read(_folder.In("run"));
        var history = tail.History(300, 2)!;
        int effort = history["columns"]!.AsArray().Select(name => name!.ToString()).ToList().IndexOf("effort");
        Assert.Equal(["300", "0.125"], history["rows"]!.AsArray().Select(row => row![effort]!.ToString()));
        Assert.Single(tail.History(599, 0)!["rows"]!.AsArray());
        Assert.Null(tail.History(600, 0));
        Assert.Null(tail.History(0, 3));
    }

    [Fact]
    public void Another_run_in_the_folder_is_another_generation()
    {
        var run = new GrowingRun(_folder.In("run"));
        run.Append([new Deed(1)], .5);
        run.Append([new Deed(1)], .5);
        var tail = Read(_folder.In("run"));
        int generation = tail.Generation;
        Directory.Delete(_folder.In("run"), recursive: true);
        new GrowingRun(_folder.In("run")).Append([new Deed(.5)], .5);
        tail.Read();
        tail.Read();
        Assert.Equal((generation + 1, 1), (tail.Generation, tail.Count));
        Assert.Equal(.5, Decode(tail.Crowd(0)!).Values[0]);
    }

    private static RunTail Read(string folder)
    {
        var tail = new RunTail(folder);
        tail.Read();
        tail.Read();
        return tail;
    }

    private static (JsonObject Header, double[] Values) Decode(byte[] crowd)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(crowd);
        return (
            JsonNode.Parse(crowd.AsSpan(4, length))!.AsObject(), MemoryMarshal.Cast<byte, double>(crowd.AsSpan(4 + length)).ToArray());
    }
}
