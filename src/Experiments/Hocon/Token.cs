namespace FLCrowd.Experiments.Hocon;

/// <summary>The smallest part of HOCON text that means something. Comments are none.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As it was written; of a text in quotes, what it says; of a substitution, its path.</param>
/// <param name="Line">The line that it begins in, from 1.</param>
internal sealed record Token(TokenKind Kind, string Text, int Line);

internal enum TokenKind
{
    /// <summary><c>{</c>.</summary>
    Block,

    /// <summary><c>}</c>.</summary>
    BlockEnd,

    /// <summary><c>[</c>.</summary>
    List,

    /// <summary><c>]</c>.</summary>
    ListEnd,

    /// <summary><c>,</c>.</summary>
    Comma,

    /// <summary>The end of a line.</summary>
    LineEnd,

    /// <summary><c>=</c> or <c>:</c>.</summary>
    Equal,

    /// <summary><c>+=</c>.</summary>
    Append,

    /// <summary>A text without quotes; numbers and the words of JSON, too.</summary>
    Text,

    /// <summary>A text in quotes.</summary>
    Quoted,

    /// <summary>Whitespace within a line.</summary>
    Space,

    /// <summary><c>${path}</c>.</summary>
    Substitution,

    /// <summary><c>${?path}</c>.</summary>
    OptionalSubstitution,

    /// <summary>The end of the text.</summary>
    End,
}
