using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Watching;

namespace FLCrowd.Experiments.Progress;

/// <summary>Whom a run tells how it goes.</summary>
public interface IRunProgress
{
    /// <summary>Where the run is played, as of now; empty: here.</summary>
    Func<string> Place { get; set; }

    /// <summary>Who looks on while games are played in this process; null: nobody.</summary>
    ISpectator? Spectator => null;

    /// <summary>What comes next, or came out of a step.</summary>
    void Say(string line);

    /// <summary>Something that the user should know before trusting the results.</summary>
    void Warn(string warning);

    /// <summary>Shows progress while <paramref name="work"/> goes on.</summary>
    /// <param name="plan">The games that are played.</param>
    /// <param name="clock">For the rate of progress.</param>
    /// <param name="work">Plays them, and tells how far it is.</param>
    Task<ExperimentResult> FollowAsync(
        ExperimentPlan plan, TimeProvider clock, Func<Action<ExperimentProgress>, Task<ExperimentResult>> work);
}
