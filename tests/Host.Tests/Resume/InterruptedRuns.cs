using System.Text.Json.Nodes;

namespace FLCrowd.Host.Tests.Resume;

/// <summary>Runs in one folder that are interrupted when something can be seen in their files.</summary>
internal sealed class InterruptedRuns : IDisposable
{
    /// <summary>How long to wait for anything, on a machine that does other things, too.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public TemporaryFolder Folder { get; } = new();

    public string Path => Folder.Path;

    public void Dispose() => Folder.Dispose();

    public string In(string name) => Folder.In(name);

    public JournalReader Journal(string run) => JournalReader.Sqlite(In($"{run}/journal.db"));

    public JsonObject Record(string run) => (JsonObject)JsonNode.Parse(File.ReadAllText(In($"{run}/run.json")))!;

    public long Updates(string run) => (long)Record(run)["client_updates"]!;

    public Task<FlcrowdProcess> RunAsync(params string[] arguments) => FlcrowdProcess.RunAsync(Path, arguments);

    /// <summary>A command that must come to its end.</summary>
    public async Task<FlcrowdProcess> CompleteAsync(params string[] arguments)
    {
        var ended = await RunAsync(arguments);
        Assert.True(ended.ExitCode == 0, ended.Error);
        return ended;
    }

    /// <summary>Starts a command and sends the process a signal as soon as a condition holds.</summary>
    public async Task<FlcrowdProcess> InterruptAsync(int signal, Func<bool> moment, params string[] arguments)
    {
        using var process = signal == Signals.Interrupt
            ? FlcrowdProcess.StartOnTerminal(Path, arguments)
            : FlcrowdProcess.Start(Path, arguments);
        var end = FlcrowdProcess.EndAsync(process);
        if (!await process.StopAtAsync(Patience, moment))
        {
            Assert.Fail($"the run ended before it was interrupted: {(await end).Error}");
        }

        process.Send(signal);
        var ended = await end;
        Assert.Equal(signal == Signals.Kill ? 137 : 130, ended.ExitCode);
        return ended;
    }

    public Task KillAsync(Func<bool> moment, params string[] arguments) => InterruptAsync(Signals.Kill, moment, arguments);

    /// <summary>The tables of two runs have the same bytes.</summary>
    public void AssertSameTables(string expected, string actual)
    {
        foreach (var table in (string[])["episodes.csv", "rounds.csv", "clients.csv"])
        {
            Assert.Equal(File.ReadAllText(In($"{expected}/{table}")), File.ReadAllText(In($"{actual}/{table}")));
        }
    }
}
