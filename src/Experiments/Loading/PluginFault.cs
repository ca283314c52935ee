using System.Diagnostics;

namespace FLCrowd.Experiments.Loading;

/// <summary>Whose fault an exception is that nobody expected.</summary>
internal static class PluginFault
{
    /// <summary>The type and assembly of the innermost code of a plug-in that an exception went through; null where there was
    /// none.</summary>
    public static string? Of(Exception exception) => new StackTrace(exception).GetFrames()
        .Select(frame => frame.GetMethod()?.DeclaringType)
        .FirstOrDefault(type => type is not null && PluginContext.Of(type.Assembly) is not null) is { } guilty
            ? $"{guilty.FullName} of {guilty.Assembly.GetName().Name}"
            : null;
}
