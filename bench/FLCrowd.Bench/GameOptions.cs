using System.CommandLine;
using FLCrowd.Model;

namespace FLCrowd.Bench;

/// <summary>The options of the commands that measure one game, and the game that they describe.</summary>
internal sealed class GameOptions
{
    private readonly Option<string> _model = new("--model") { DefaultValueFactory = _ => "softmax", Description = "Name of the model." };
    private readonly Option<string> _options = new("--options") { DefaultValueFactory = _ => "{}", Description = "Its options, as JSON." };
    private readonly Option<int> _clients = new("--clients") { DefaultValueFactory = _ => 1000, Description = "Number of clients N." };
    private readonly Option<int> _batchSize = new("--batch-size") { DefaultValueFactory = _ => 50, Description = "Batch size D." };
    private readonly Option<double> _stepSize = new("--step-size") { DefaultValueFactory = _ => 0.5, Description = "Step size eta." };
    private readonly Option<int> _rounds = new("--rounds") { DefaultValueFactory = _ => 30, Description = "Rounds T." };
    private readonly Option<ulong> _seed = new("--seed") { DefaultValueFactory = _ => 1, Description = "Seed of all draws." };

    public GameOptions(Command command)
    {
        foreach (var option in new Option[] { _model, _options, _clients, _batchSize, _stepSize, _rounds, _seed })
        {
            command.Options.Add(option);
        }
    }

    public BenchGame Read(ParseResult parsed) => new(
        new PluginChoice(parsed.GetRequiredValue(_model), parsed.GetRequiredValue(_options), "--options"),
        parsed.GetRequiredValue(_clients),
        parsed.GetRequiredValue(_batchSize),
        parsed.GetRequiredValue(_stepSize),
        parsed.GetRequiredValue(_rounds),
        parsed.GetRequiredValue(_seed));

    public static ILearningModel CreateModel(BenchGame game)
    {
        var catalog = PluginCatalog.Of(new ModelPlugin());
        return game.CreateModel(catalog, catalog.CreateDataSet(new PluginChoice("mnist")));
    }
}
