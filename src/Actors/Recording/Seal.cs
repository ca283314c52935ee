using Akka.Actor;
using Akka.Serialization;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Recording;

/// <summary>Seals the records of one journal, and opens none that was changed, moved, or written for other games.</summary>
/// <param name="system">Knows how messages are written.</param>
/// <param name="journal">The journal's id.</param>
/// <param name="games">The checksum of the plan; empty for the plan itself.</param>
internal sealed class Seal(ActorSystem system, string journal, byte[] games)
{
    public string Journal => journal;

    /// <param name="number">The record's place in the journal.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="episodes">The numbers of the episodes in it.</param>
    public SealedRecord Close(long number, IProtocolMessage content, params int[] episodes)
    {
        var serializer = SerializerOf(content.GetType());
        return new SealedRecord(journal, number, games, episodes, serializer.Manifest(content), serializer.ToBinary(content), []).Sealed();
    }

    /// <param name="record">What the journal holds.</param>
    /// <param name="number">Where.</param>
    /// <exception cref="InvalidDataException">It is not what was written there.</exception>
    public T Open<T>(SealedRecord record, long number)
    {
        if (!record.IsIntact || record.Journal != journal || record.Number != number)
        {
            throw new InvalidDataException($"record {number} of {journal} is damaged");
        }

        return record.Games.AsSpan().SequenceEqual(games)
            ? (T)SerializerOf(typeof(T)).FromBinary(record.Content, record.Manifest)
            : throw new InvalidDataException($"record {number} of {journal} was written for other games than the run has now");
    }

    private SerializerWithStringManifest SerializerOf(Type type) =>
        (SerializerWithStringManifest)system.Serialization.FindSerializerForType(type);
}
