using System.Text.Json.Nodes;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments;
using FLCrowd.Host.Terminal;

namespace FLCrowd.Host.Tests.Running;

/// <summary>A run.json that somebody, or the disk, changed.</summary>
public sealed class DamagedRecordSpec : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DamagedRecordSpec() => _folder.CopyOfGoldenRun();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\"swept\": [", "\"swept\": null, \"x\": [", "'swept' is not what a run writes")]
    [InlineData("\"seed\": ", "\"seed\": \"x\", \"y\": ", "'seed' is not what a run writes")]
    [InlineData("\"experiment\": ", "\"experiment\": 7, \"y\": ", "'experiment' is not what a run writes")]
    [InlineData("\"command\": ", "\"komando\": ", "it lacks 'command'")]
    [InlineData("\"status\": \"completed\"", "\"status\": \"ended\"", "'status' is not what a run writes")]
    [InlineData("\"status\": \"completed\"", "\"status\": \"completed\", \"status\": \"failed\"", "is not what a run writes")]
    [InlineData("\"configuration\": {", "\"configuration\": null, \"x\": {", "'configuration' is not what a run writes")]
    [InlineData("\"configuration\": {", "\"configuration\": ] {", "is not what a run writes")]
    public void The_file_and_the_key_are_named(string from, string to, string message)
    {
        var file = _folder.In("run.json");
        var record = File.ReadAllText(file);
        Assert.Contains(from, record, StringComparison.Ordinal);
        File.WriteAllText(file, record.Replace(from, to, StringComparison.Ordinal));
        var error = Assert.Throws<SettingException>(() => Reported.Write(_folder.Path)).Message;
        Assert.StartsWith(file, error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
        Assert.DoesNotContain("FLCrowd.", error, StringComparison.Ordinal);
    }

    /// <summary>Whatever stands at a key, there is a report or one message.</summary>
    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"x\"")]
    [InlineData("[]")]
    [InlineData("{ \"x\": null }")]
    public async Task Nothing_is_taken_for_a_bug(string value)
    {
        var whole = JsonNode.Parse(await File.ReadAllTextAsync(_folder.In("run.json"), TestContext.Current.CancellationToken))!.AsObject();
        var changes = whole.Select(entry => ((string[])[entry.Key]))
            .Concat(whole["configuration"]!.AsObject().Select(entry => (string[])["configuration", entry.Key]))
            .Append(["configuration", "experiment", "figure"]).Append(["configuration", "execution", "journal"]);
        foreach (var path in changes)
        {
            var changed = whole.DeepClone().AsObject();
            path[..^1].Aggregate(changed, (node, key) => node[key]!.AsObject())[path[^1]] = JsonNode.Parse(value);
            await File.WriteAllTextAsync(_folder.In("run.json"), changed.ToJsonString(), TestContext.Current.CancellationToken);
            try
            {
                var record = RunDirectory.Open(_folder.Path).Read();
                if (path is not ["configuration", ..] || path.Length == 3)
                {
                    _ = Reported.Write(_folder.Path);
                }

                if (record.Parts is null)
                {
                    await new Laboratory().ResumeAsync(
                        RunDirectory.Open(_folder.Path), new RunRequest("") { IsPart = true },
                        new RunTerminal(json: false), CancellationToken.None);
                }
            }
            catch (SettingException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
        }
    }
}
