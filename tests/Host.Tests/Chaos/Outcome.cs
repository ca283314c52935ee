using System.Globalization;

namespace FLCrowd.Host.Tests.Chaos;

/// <summary>How a run of a schedule went.</summary>
/// <param name="Run">What it was.</param>
/// <param name="Struck">The faults that came before its end.</param>
/// <param name="Resumes">How often somebody had to call for <c>resume</c>.</param>
/// <param name="LostNodes">How often of these, because the others had put out the run's node.</param>
/// <param name="Messages">Messages that were lost or came twice.</param>
/// <param name="Time">How long it took.</param>
internal sealed record Outcome(DisturbedRun Run, IReadOnlyList<Fault> Struck, int Resumes, int LostNodes, int Messages, TimeSpan Time)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Run}: {Time.TotalSeconds:0.0} s, {Struck.Count} of {Run.Faults.Count} faults in time, {Resumes} times resumed, "
            + $"{LostNodes} of them for a lost node, {Messages} messages disturbed");
}
