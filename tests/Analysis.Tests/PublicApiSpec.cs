using System.Runtime.CompilerServices;
using FLCrowd.Analysis.Statistics;
using PublicApiGenerator;

namespace FLCrowd.Analysis.Tests;

/// <summary>What programs are compiled against changes on purpose or not at all.</summary>
public class PublicApiSpec
{
    [Fact]
    public void The_public_interface_is_the_accepted_one()
    {
        var accepted = Path.Combine(Path.GetDirectoryName(ThisFile())!, "PublicApi.txt");
        var received = Path.Combine(AppContext.BaseDirectory, "PublicApi.received.txt");
        var actual = typeof(Moments).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false })
            .ReplaceLineEndings("\n").TrimEnd() + "\n";
        File.WriteAllText(received, actual);

        var expected = File.Exists(accepted) ? File.ReadAllText(accepted).ReplaceLineEndings("\n") : "";
        Assert.True(expected == actual, $"""
            The public interface of FLCrowd.Analysis has changed; programs are compiled against it.
            {FirstDifference(expected.Split('\n'), actual.Split('\n'))}
            If you mean it, accept it with
                cp {received} {accepted}
            and say so in the commit message.
            """);
    }

    [Fact]
    public void It_needs_only_the_contracts_and_numerics() => Assert.Equal(
        ["FLCrowd.Abstractions", "MathNet.Numerics"],
        typeof(Moments).Assembly.GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal)).Order());

    private static string FirstDifference(string[] expected, string[] actual)
    {
        int line = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"Line {line + 1} was '{expected.ElementAtOrDefault(line)?.Trim()}' and is '{actual.ElementAtOrDefault(line)?.Trim()}'.";
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
