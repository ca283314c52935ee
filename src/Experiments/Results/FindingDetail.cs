using System.Text.Json;
using System.Text.Json.Nodes;
using FLCrowd.Experiments.Folders;

namespace FLCrowd.Experiments.Results;

/// <summary>A part of the findings for programs.</summary>
/// <param name="Name">The member that it is of the object that <c>--json</c> prints.</param>
/// <param name="Value">Its value.</param>
public sealed record FindingDetail(string Name, JsonNode? Value)
{
    /// <summary>A value with its members in snake_case, enumerations in kebab-case.</summary>
    public static FindingDetail Of<T>(string name, T value) => new(name, JsonSerializer.SerializeToNode(value, RunRecord.Json));
}
