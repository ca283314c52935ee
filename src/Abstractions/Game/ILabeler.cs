namespace FLCrowd;

/// <summary>A strategy that decides what label it writes down, beyond how much effort it makes.</summary>
public interface ILabeler
{
    /// <summary>The label that the client gives to a sample.</summary>
    /// <param name="view">The sample and the label that the client's effort came to.</param>
    /// <returns>A class in 0 .. K - 1.</returns>
    int Label(in LabelView view);
}

/// <summary>One sample in the hands of a client that labels it.</summary>
/// <param name="Client">The client's index.</param>
/// <param name="Sample">The sample's position in the client's data, from 0.</param>
/// <param name="Label">What the client would write down: the true label where it made an effort, a random one elsewhere.</param>
/// <param name="ClassCount">The number of classes K.</param>
/// <param name="Seed">Draws of this client's labeler in this episode.</param>
public readonly record struct LabelView(int Client, int Sample, int Label, int ClassCount, Seed Seed);
