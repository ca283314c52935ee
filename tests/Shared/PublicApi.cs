using System.Reflection;
using System.Runtime.CompilerServices;
using PublicApiGenerator;

namespace FLCrowd.Tests;

/// <summary>What others compile against changes on purpose or not at all: it is in PublicApi.txt beside the test.</summary>
internal static class PublicApi
{
    public static void Check(Assembly assembly, [CallerFilePath] string test = "")
    {
        var accepted = Path.Combine(Path.GetDirectoryName(test)!, "PublicApi.txt");
        var received = Path.Combine(AppContext.BaseDirectory, "PublicApi.received.txt");
        var actual = assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false })
            .ReplaceLineEndings("\n").TrimEnd() + "\n";
        File.WriteAllText(received, actual);

        var expected = File.Exists(accepted) ? File.ReadAllText(accepted).ReplaceLineEndings("\n") : "";
        Assert.True(expected == actual, $"""
            The public interface of {assembly.GetName().Name} has changed; others are compiled against it.
            {FirstDifference(expected.Split('\n'), actual.Split('\n'))}
            If you mean it, accept it with
                cp {received} {accepted}
            and tell them in the commit message.
            """);
    }

    private static string FirstDifference(string[] expected, string[] actual)
    {
        int line = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"Line {line + 1} was '{expected.ElementAtOrDefault(line)?.Trim()}' and is '{actual.ElementAtOrDefault(line)?.Trim()}'.";
    }
}
