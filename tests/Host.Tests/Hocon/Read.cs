using System.Text.Json.Nodes;
using FLCrowd.Experiments.Hocon;

namespace FLCrowd.Host.Tests.Hocon;

internal static class Read
{
    /// <summary>A text by itself, as a file of the name x.conf; variables are set as given, and no others.</summary>
    public static JsonObject Hocon(string text, params (string Name, string? Value)[] variables) => new Resolver(
        Parser.Parse(text, new HoconSource("x.conf")),
        new AskedVariables(variables.ToDictionary(variable => variable.Name, variable => variable.Value))).Tree();
}
