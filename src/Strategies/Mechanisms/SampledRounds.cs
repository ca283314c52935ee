using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Strategies.Mechanisms;

internal class SampledRoundsOptions : ContributionOptions
{
    [Range(1, int.MaxValue)]
    [Description("Looks at each so-many-th round and at the last one; each stands for the rounds since the one before.")]
    public int Every { get; set; } = 10;

    public bool Has(int round, TrainingProtocol protocol) => round % Every == 0 || round == protocol.Rounds;

    /// <summary>How many rounds an observed round stands for: over an episode these add up to T.</summary>
    public int RoundsBehind(int round) => round % Every == 0 ? Every : round % Every;
}
