namespace FLCrowd.Model.Data;

/// <summary>What samples take, said before it is taken.</summary>
internal static class FeatureMemory
{
    /// <exception cref="SettingException">They fit in no array, or not into the memory.</exception>
    /// <param name="path">What they are read from.</param>
    /// <param name="samples">How many there are.</param>
    /// <param name="features">Of each of them.</param>
    /// <param name="size">The bytes of one.</param>
    public static void Require(string path, long samples, Int128 features, int size = sizeof(float))
    {
        if (samples * features > Array.MaxLength)
        {
            throw new SettingException(
                path, $"makes {samples} samples of {features} features; all of them must be at most {Array.MaxLength} features");
        }

        LearningSetup.RequireMemory(
            path, $"makes {samples} samples of {features} features, which", (double)samples * (double)features * size);
    }
}
