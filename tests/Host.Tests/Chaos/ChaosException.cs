namespace FLCrowd.Host.Tests.Chaos;

/// <summary>A run did not come to the end that it should; says what happened to it, and what its processes said.</summary>
internal sealed class ChaosException(string message, Exception inner) : Exception(message, inner);
