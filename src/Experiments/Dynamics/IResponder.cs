using FLCrowd.Analysis.Dynamics;

namespace FLCrowd.Experiments.Dynamics;

/// <summary>Knows what clients would rather do than what they do.</summary>
internal interface IResponder
{
    /// <returns>A response of each client that gains by one, in client order; of a part of them where the run was interrupted.</returns>
    /// <param name="profile">What everybody does.</param>
    /// <param name="asked">The clients whose turn it is.</param>
    /// <param name="revision">The number of the revision, from 1.</param>
    Task<IReadOnlyList<Response>> RespondAsync(Profile profile, IReadOnlyList<int> asked, int revision);
}

/// <summary>What a client changes to.</summary>
/// <param name="Client">Its index.</param>
/// <param name="Action">What it does from now on.</param>
/// <param name="Gain">What it gains by that, in money; above 0.</param>
internal readonly record struct Response(int Client, ClientAction Action, double Gain);
