using System.Reflection;
using System.Text.RegularExpressions;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using FLCrowd.Host.Tests.Templates;
using static ArchUnitNET.Fluent.Slices.SliceRuleDefinition;

namespace FLCrowd.Host.Tests;

/// <summary>
/// Abstractions - Analysis - Model, Strategies, Actors - Experiments - Host: dependencies point to the left, and within a project no
/// folder uses one that uses it, however long the way.
/// </summary>
public partial class ArchitectureSpec
{
    private static readonly string[] Projects = ["Model", "Strategies", "Analysis", "Actors", "Experiments"];

    private static readonly Lazy<ArchUnitNET.Domain.Architecture> Loaded = new(() => new ArchLoader().LoadAssemblies(
        [.. Projects.Select(project => Assembly.Load($"FLCrowd.{project}")), typeof(FLCrowd.Host.Terminal.RunTerminal).Assembly]).Build());

    /// <summary>The contracts are one namespace in several folders: only their files tell.</summary>
    private static string Contracts => Path.Combine(OutsideProjects.Solution(), "src", "Abstractions");

    public static TheoryData<string> Spaces => [.. Projects, "Host"];

    [Theory]
    [InlineData("FLCrowd.Abstractions", "")]
    [InlineData("FLCrowd.Analysis", "FLCrowd.Abstractions")]
    [InlineData("FLCrowd.Model", "FLCrowd.Abstractions")]
    [InlineData("FLCrowd.Strategies", "FLCrowd.Abstractions FLCrowd.Analysis")]
    [InlineData("FLCrowd.Actors", "FLCrowd.Abstractions")]
    [InlineData("FLCrowd.Experiments", "FLCrowd.Abstractions FLCrowd.Model FLCrowd.Strategies FLCrowd.Analysis FLCrowd.Actors")]
    public void An_assembly_knows_only_what_stands_before_it(string name, string allowed)
    {
        var known = Assembly.Load(name).GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(reference => reference.StartsWith("FLCrowd.", StringComparison.Ordinal) || reference == "flcrowd");
        Assert.Empty(known.Except(allowed.Split(' ')));
    }

    [Fact]
    public void A_plug_in_author_needs_no_Akka_no_Torch_and_no_MessagePack() => Assert.DoesNotContain(
        typeof(IClientStrategy).Assembly.GetReferencedAssemblies(),
        reference => new[] { "Akka", "TorchSharp", "MessagePack" }.Any(name => reference.Name!.StartsWith(name, StringComparison.Ordinal)));

    [Fact]
    public void Experiments_draw_nothing_and_know_no_terminal() => Assert.DoesNotContain(
        typeof(Experiments.Laboratory).Assembly.GetReferencedAssemblies(),
        reference => new[] { "ScottPlot", "SkiaSharp", "Spectre.Console", "Fluid", "System.CommandLine" }
            .Any(name => reference.Name!.StartsWith(name, StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Spaces))]
    public void No_namespace_uses_one_that_uses_it(string project) =>
        Slices().Matching($"FLCrowd.{project}.(*)").Should().BeFreeOfCycles().Check(Loaded.Value);

    [Fact]
    public void No_two_folders_of_the_contracts_use_each_other()
    {
        var files = Directory.GetFiles(Contracts, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Folder: FolderOf(file), Text: File.ReadAllText(file)))
            .Where(file => file.Folder is not ("bin" or "obj" or ""))
            .ToList();
        var homes = files.SelectMany(file => Declared().Matches(file.Text).Select(match => (Type: match.Groups[1].Value, file.Folder)))
            .GroupBy(type => type.Type)
            .Where(type => type.Select(home => home.Folder).Distinct().Count() == 1)
            .ToDictionary(type => type.Key, type => type.First().Folder);
        var uses = files
            .SelectMany(file => Words().Matches(Comments().Replace(file.Text, ""))
                .Select(word => homes.GetValueOrDefault(word.Value))
                .Where(home => home is not null && home != file.Folder)
                .Select(home => (From: file.Folder, To: home!)))
            .ToHashSet();
        Assert.True(uses.Count > 5, "too few uses to say anything");
        Assert.DoesNotContain(uses, use => uses.Contains((use.To, use.From)));
    }

    private static string FolderOf(string file) =>
        Path.GetRelativePath(Contracts, file).Split(Path.DirectorySeparatorChar) is [var folder, _, ..] ? folder : "";

    [GeneratedRegex(@"^(?:public|internal)[ \w]*? (?:class|record struct|record|struct|interface|enum) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declared();

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w+")]
    private static partial Regex Words();

    /// <summary>Comments, and texts that stand in no braces.</summary>
    [GeneratedRegex("//[^\n]*|\"(?:[^\"\\\\\n]|\\\\.)*\"")]
    private static partial Regex Comments();
}
