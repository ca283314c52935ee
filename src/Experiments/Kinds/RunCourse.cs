using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Experiments.Configuration;

namespace FLCrowd.Experiments.Kinds;

/// <summary>How a run is played: which games it begins with, and what comes after them.</summary>
/// <param name="plan">The games that are prepared before anything is played.</param>
/// <param name="tunings">For every game: how its step size is found before that; null where it is given.</param>
public abstract class RunCourse(ExperimentPlan plan, IReadOnlyList<StepSizeTuning?> tunings)
{
    /// <summary>The games that are prepared before anything is played.</summary>
    public ExperimentPlan Plan => plan;

    /// <summary>For every game: how its step size is found before it is prepared; null where it is given.</summary>
    public IReadOnlyList<StepSizeTuning?> Tunings => tunings;

    /// <summary>The games that a run begins with, and how often each is played.</summary>
    public virtual IEnumerable<(GameDefinition Game, long Count)> Plays => plan.Games.Select(game => (game, 1L));

    /// <summary>Whether more is played as questions turn out to be open.</summary>
    public virtual bool MayPlayMore => false;

    /// <summary>Whether episodes are kept outside of the run, too, so that its journal need not have them.</summary>
    public virtual bool HasCache => false;

    /// <summary>Whether what mechanisms announce is a table of the run.</summary>
    public virtual bool WritesTerms => true;

    /// <summary>What is asked, by the names that it has in run.json: all that a report needs besides the tables.</summary>
    public virtual IReadOnlyDictionary<string, object> Question => new Dictionary<string, object>();

    /// <summary>Looks whether the games have what is asked for, before they are prepared.</summary>
    /// <exception cref="SettingException">One has not.</exception>
    public virtual void Check(PluginCatalog catalog)
    {
    }

    /// <summary>Plays the run, from its beginning or from where its journal ends.</summary>
    /// <exception cref="IOException">The tables cannot be written.</exception>
    public abstract Task<ExperimentResult> PlayAsync(RunContext context);
}
