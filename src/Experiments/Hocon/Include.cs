namespace FLCrowd.Experiments.Hocon;

/// <summary>
/// <c>include "file"</c>, <c>include file("file")</c> or <c>include required(...)</c>. Here all are required: nobody would notice a file
/// that is left out.
/// </summary>
internal static class Include
{
    private const string Word = "include";

    /// <summary>The name of the file, where the next tokens include one; goes behind it then.</summary>
    /// <returns>Null: what stands there is something else.</returns>
    /// <exception cref="SettingException">It includes what is not a file.</exception>
    public static string? Read(IReadOnlyList<Token> tokens, ref int at, Place place)
    {
        if (tokens[at] is not { Kind: TokenKind.Text, Text: Word })
        {
            return null;
        }

        var rest = tokens.Skip(at + 1).TakeWhile(token => token.Kind is TokenKind.Text or TokenKind.Quoted or TokenKind.Space).ToList();
        if (rest.TrueForAll(token => token.Kind == TokenKind.Space))
        {
            return null;
        }

        var form = string.Concat(rest.Select(token => token.Kind switch
        {
            TokenKind.Quoted => "\"\"",
            TokenKind.Text => token.Text,
            _ => "",
        }));
        if (form is not ("\"\"" or "file(\"\")" or "required(\"\")" or "required(file(\"\"))"))
        {
            var others = form.Contains('(', StringComparison.Ordinal) ? "; url and classpath are not supported" : "";
            throw place.Wrong($"include takes a file, as in include \"other.conf\"{others}");
        }

        at += 1 + rest.Count;
        return rest.Find(token => token.Kind == TokenKind.Quoted)!.Text;
    }
}
