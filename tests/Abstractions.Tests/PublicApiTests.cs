using System.Runtime.CompilerServices;
using PublicApiGenerator;

namespace FLCrowd.Abstractions.Tests;

/// <summary>What plug-ins are compiled against changes on purpose or not at all.</summary>
public class PublicApiTests
{
    [Fact]
    public void The_public_interface_is_the_accepted_one()
    {
        var accepted = Path.Combine(Path.GetDirectoryName(ThisFile())!, "PublicApi.txt");
        var received = Path.Combine(AppContext.BaseDirectory, "PublicApi.received.txt");
        var actual = typeof(Seed).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false })
            .ReplaceLineEndings("\n").TrimEnd() + "\n";
        File.WriteAllText(received, actual);

        var expected = File.Exists(accepted) ? File.ReadAllText(accepted).ReplaceLineEndings("\n") : "";
        Assert.True(expected == actual, $"""
            The public interface of FLCrowd.Abstractions has changed; plug-ins are compiled against it.
            {FirstDifference(expected.Split('\n'), actual.Split('\n'))}
            If you mean it, accept it with
                cp {received} {accepted}
            and tell plug-in authors in the commit message.
            """);
    }

    [Fact]
    public void A_plugin_author_needs_neither_Akka_nor_Torch_nor_MessagePack() => Assert.DoesNotContain(
        typeof(Seed).Assembly.GetReferencedAssemblies(),
        name => !name.Name!.StartsWith("System.", StringComparison.Ordinal));

    private static string FirstDifference(string[] expected, string[] actual)
    {
        int line = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"Line {line + 1} was '{expected.ElementAtOrDefault(line)?.Trim()}' and is '{actual.ElementAtOrDefault(line)?.Trim()}'.";
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
