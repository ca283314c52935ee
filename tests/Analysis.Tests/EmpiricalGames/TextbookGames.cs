using FLCrowd.Analysis.EmpiricalGames;

namespace FLCrowd.Analysis.Tests.EmpiricalGames;

/// <summary>Games of two players, played by all pairs of a population.</summary>
internal static class TextbookGames
{
    /// <summary>Hawks and doves fight for V = 2 at the cost of C = 3.</summary>
    public static readonly double[][] HawkDove = [[-0.5, 2], [0, 1]];

    /// <summary>Cooperate, defect.</summary>
    public static readonly double[][] PrisonersDilemma = [[3, 0], [5, 1]];

    public static readonly double[][] Coordination = [[2, 0], [0, 1]];

    public static readonly double[][] RockPaperScissors = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]];

    /// <summary>What a player gets on average against the N - 1 others, where rows play against columns.</summary>
    public static SymmetricGame Of(double[][] matrix, int players) => new(players, matrix.Length, (own, counts) => counts
        .Select((count, other) => (count - (other == own ? 1 : 0)) * matrix[own][other]).Sum() / (players - 1));

    /// <summary>Everybody gets the same, a constant per strategy.</summary>
    public static SymmetricGame Constant(int players, params double[] payoffs) => new(players, payoffs.Length, (own, _) => payoffs[own]);
}
