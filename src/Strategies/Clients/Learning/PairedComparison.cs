using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Strategies.Clients.Learning;

/// <summary>What the comparisons of a candidate with the current action say so far.</summary>
internal enum Verdict
{
    /// <summary>Nothing yet.</summary>
    Open,

    /// <summary>The candidate pays more.</summary>
    Better,

    /// <summary>It does not, or by too little to be seen.</summary>
    Worse,
}

/// <summary>
/// A sequential test of paired differences in payoff, candidate less current, by Student's t. The noise is estimated from the pairs of
/// earlier comparisons, too, old ones counting less and less.
/// </summary>
internal sealed class PairedComparison
{
    /// <summary>What an earlier comparison counts for, after each further one.</summary>
    private const double Forgetting = 0.9;

    /// <summary>Before the last look the chance of an error is this share of that at the last one (Haybittle and Peto's rule for many
    /// looks).</summary>
    private const double EarlyShare = 0.1;

    /// <summary>From here on a candidate that does not look better is given up.</summary>
    private const int Enough = 4;

    private double _pastSquares;
    private double _pastFreedom;
    private double _sum;
    private double _squares;

    /// <summary>Pairs of this comparison.</summary>
    public int Pairs { get; private set; }

    /// <summary>Adds a pair.</summary>
    /// <param name="difference">Payoff of the candidate less that of the current action.</param>
    public void Add(double difference)
    {
        // Welford's update.
        double before = Pairs == 0 ? 0 : _sum / Pairs;
        Pairs++;
        _sum += difference;
        _squares += (difference - before) * (difference - _sum / Pairs);
    }

    /// <summary>What the pairs say.</summary>
    /// <param name="tolerance">A gain of up to this much is none, in money.</param>
    /// <param name="confidence">One-sided, in (0.5, 1).</param>
    /// <param name="maxPairs">After so many pairs a candidate that is not better is worse.</param>
    public Verdict Judge(double tolerance, double confidence, int maxPairs)
    {
        double freedom = _pastFreedom + Pairs - 1, mean = _sum / Pairs;
        if (freedom <= 0)
        {
            return Verdict.Open;
        }

        double variance = (_pastSquares + _squares) / freedom;
        if (Pairs > 2)
        {
            variance = Math.Max(variance, _squares / (Pairs - 1)); // this candidate's payoffs may be noisier than others' were
        }

        double risk = (1 - confidence) * (Pairs < maxPairs ? EarlyShare : 1);
        double halfWidth = variance > 0 ? StudentQuantile.Above(freedom, risk) * Math.Sqrt(variance / Pairs) : 0;
        if (mean > tolerance && mean > halfWidth && Pairs > 1)
        {
            return Verdict.Better;
        }

        bool isHopeless = mean + halfWidth <= tolerance || (Pairs >= Enough && mean <= tolerance) || Pairs >= maxPairs;
        return isHopeless ? Verdict.Worse : Verdict.Open;
    }

    /// <summary>Ends the comparison; its noise is remembered.</summary>
    public void Close()
    {
        if (Pairs > 1)
        {
            _pastSquares = Forgetting * _pastSquares + _squares;
            _pastFreedom = Forgetting * _pastFreedom + Pairs - 1;
        }

        (Pairs, _sum, _squares) = (0, 0, 0);
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_pastSquares);
        writer.Write(_pastFreedom);
        writer.Write(Pairs);
        writer.Write(_sum);
        writer.Write(_squares);
    }

    public void Read(BinaryReader reader)
    {
        _pastSquares = reader.ReadDouble();
        _pastFreedom = reader.ReadDouble();
        Pairs = reader.ReadInt32();
        _sum = reader.ReadDouble();
        _squares = reader.ReadDouble();
    }
}
