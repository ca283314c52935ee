using FLCrowd.Actors.Definitions;

namespace FLCrowd.Actors.Learning;

/// <summary>Makes what a game learns with, and looks at it before anything is built on it: a plug-in may return anything.</summary>
public static class LearningParts
{
    /// <summary>What a game's model is made of.</summary>
    /// <param name="game">The game.</param>
    /// <param name="crowd">Its crowd.</param>
    /// <param name="catalog">All plug-ins.</param>
    /// <param name="loaded">Told of the data set, once the model asks for it.</param>
    public static LearningSetup SetupOf(GameDefinition game, Crowd crowd, PluginCatalog catalog, Action<DataSet> loaded) => new(
        () =>
        {
            var data = catalog.CreateDataSet(game.Learning.DataSet);
            loaded(data);
            return data;
        },
        catalog.CreatePartition)
    {
        Seed = new Seed(game.Seed),
        Weights = crowd.Weights,
        Partition = game.Learning.Partition,
        Labels = game.Learning.Labels,
    };

    /// <summary>Makes a game's model.</summary>
    /// <exception cref="SettingException">There is no such model, or it is none; names it and its plug-in.</exception>
    public static ILearningModel CreateModel(PluginCatalog catalog, PluginChoice choice, LearningSetup setup)
    {
        var model = catalog.CreateModel(choice, setup);
        try
        {
            bool asked = setup.HasAskedForLabels;
            if (setup.Labels is not null && !asked)
            {
                string reason = model.ClassCount == 0 ? "in which there is nothing to label" : "which labels in its own way";
                throw new SettingException(
                    "data.labels",
                    $"is set, but not for {catalog.Describe(PluginKind.Model, choice.Name)}, {reason}; leave it at its defaults");
            }

            return Problem(model, setup.Weights.Count) is { } problem
                ? throw new SettingException(choice.Path, $"{catalog.Describe(PluginKind.Model, choice.Name)} {problem}")
                : model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Makes a game's aggregator.</summary>
    /// <exception cref="SettingException">There is no such aggregator, or its coefficients are none; names it and its plug-in.</exception>
    public static IAggregator CreateAggregator(PluginCatalog catalog, PluginChoice choice, Crowd crowd)
    {
        var aggregator = catalog.CreateAggregator(choice);
        for (int client = 0; aggregator is ILinearAggregator linear && client < crowd.Weights.Count; client++)
        {
            if (linear.Coefficient(crowd.Weights[client]) is var coefficient && !(coefficient >= 0 && float.IsFinite((float)coefficient)))
            {
                string name = catalog.Describe(PluginKind.Aggregator, choice.Name);
                throw new SettingException(choice.Path, FormattableString.Invariant(
                    $"{name} has the coefficient {coefficient} for client {client}; must be finite and at least 0"));
            }
        }

        return aggregator;
    }

    private static string? Problem(ILearningModel model, int clients)
    {
        if (model.ParameterCount < 1)
        {
            return $"has {model.ParameterCount} parameters; must have at least 1";
        }

        if (model.ClassCount is < 0 or 1 or > byte.MaxValue + 1)
        {
            return $"has {model.ClassCount} classes; must have 2 to {byte.MaxValue + 1}, or 0 where there is nothing to label";
        }

        if (model is ISampleLoss { TestSampleCount: < 1 and var tests })
        {
            return $"has {tests} test samples; must have at least 1";
        }

        int empty = Enumerable.Range(0, clients).FirstOrDefault(client => model.SampleCount(client) < 0, -1);
        if (empty >= 0)
        {
            return $"has {model.SampleCount(empty)} samples for client {empty}; must have at least 0";
        }

        var initial = new float[model.ParameterCount];
        model.Initialise(initial);
        int odd = Array.FindIndex(initial, parameter => !float.IsFinite(parameter));
        return odd < 0 ? null : FormattableString.Invariant($"begins with {initial[odd]} as parameter {odd}; must be finite");
    }
}
