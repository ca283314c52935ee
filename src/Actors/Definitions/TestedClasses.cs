namespace FLCrowd.Actors.Definitions;

/// <summary>How well the final model knows each class, where the run asks for it: what that needs of a game.</summary>
public static class TestedClasses
{
    /// <summary>The setting by which a run asks.</summary>
    public const string Setting = "experiment.classes";

    /// <summary>Checks that a model can tell, where the run asks.</summary>
    /// <param name="wanted">What the run asks for (<see cref="GameDefinition.Wanted"/>).</param>
    /// <param name="choice">The model's name, for the message.</param>
    /// <param name="model">The model.</param>
    /// <returns>Whether the run asks.</returns>
    /// <exception cref="SettingException">It cannot.</exception>
    public static bool CheckModel(IReadOnlyList<string>? wanted, PluginChoice choice, ILearningModel model)
    {
        if (wanted?.Contains(Setting) is not true)
        {
            return false;
        }

        if (model is not IConfusionMatrix { ClassNames: var names } || model.ClassCount == 0)
        {
            throw new SettingException(
                Setting, $"is on, but the model '{choice.Name}' does not say which class it takes a test sample for; must be off");
        }

        return names.Count == 0 || names.Count == model.ClassCount
            ? true
            : throw new SettingException(
                Setting,
                $"is on, but the model '{choice.Name}' has names for {names.Count} of its {model.ClassCount} classes; "
                + "must have one for each, or none");
    }
}
