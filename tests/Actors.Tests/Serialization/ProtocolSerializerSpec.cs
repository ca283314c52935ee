using System.Globalization;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Serialization;
using FsCheck.Xunit;
using MessagePack;

namespace FLCrowd.Actors.Tests.Serialization;

public sealed class ProtocolSerializerSpec(SerializerFixture fixture) : IClassFixture<SerializerFixture>
{
    private readonly ProtocolSerializer _serializer = fixture.Serializer;
    private readonly object[] _samples = SampleMessages.All(fixture.Actor);

    [Fact]
    public void Every_message_that_may_cross_nodes_has_a_manifest_and_nothing_else_has() => Assert.Equal(
        typeof(IProtocolMessage).Assembly.GetTypes()
            .Where(type => type is { IsInterface: false, IsAbstract: false } && type.IsAssignableTo(typeof(IProtocolMessage)))
            .Select(type => type.Name)
            .Order(StringComparer.Ordinal),
        ProtocolSerializer.Manifests.Values.Select(type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Manifests_are_short_and_versioned() =>
        Assert.All(ProtocolSerializer.Manifests.Keys, key => Assert.Matches("^[a-z]{2}[0-9]$", key));

    [Property(MaxTest = 50)]
    public void Every_message_is_read_as_it_was_written(ulong seed)
    {
        foreach (var (manifest, type) in ProtocolSerializer.Manifests)
        {
            var message = new RandomMessages(new Seed(seed).For(manifest), fixture.Actor).Make(type);
            Assert.Equal(Structure.Of(message), Structure.Of(fixture.RoundTrip(message)));
        }
    }

    [Fact]
    public void An_unknown_manifest_says_that_the_sender_runs_another_version() =>
        Assert.Contains("unknown manifest 'zz9'", Assert.Throws<ArgumentException>(() => _serializer.FromBinary([0x90], "zz9")).Message);

    [Fact]
    public void A_type_without_a_manifest_is_named() =>
        Assert.Contains("System.String has no manifest", Assert.Throws<ArgumentException>(() => _serializer.Manifest("text")).Message);

    [Fact]
    public void Truncated_messages_are_refused() => Assert.All(_samples, message =>
    {
        byte[] bytes = _serializer.ToBinary(message);
        for (int length = 0; length < bytes.Length; length++)
        {
            Refused(bytes[..length], _serializer.Manifest(message));
        }
    });

    [Fact]
    public void Nothing_is_no_message() => Assert.All(ProtocolSerializer.Manifests.Keys, manifest => Refused([0xC0], manifest));

    [Property(MaxTest = 200)]
    public void Garbage_is_refused_or_read_but_breaks_nothing(byte[] bytes)
    {
        foreach (string manifest in ProtocolSerializer.Manifests.Keys)
        {
            try
            {
                Assert.NotNull(_serializer.FromBinary(bytes, manifest));
            }
            catch (MessagePackSerializationException)
            {
                // Refused.
            }
        }
    }

    /// <summary>100,000 by FLCROWD_MUTATIONS=100000.</summary>
    [Fact]
    public void A_message_with_changed_bytes_is_refused_or_read_and_takes_no_more_memory_than_it_may()
    {
        int mutations = int.Parse(Environment.GetEnvironmentVariable("FLCROWD_MUTATIONS") ?? "5000", CultureInfo.InvariantCulture);
        var random = new Seed(14).ToRandom();
        for (int i = 0; i < mutations; i++)
        {
            object message = _samples[i % _samples.Length];
            byte[] bytes = _serializer.ToBinary(message);
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Assert.NotNull(_serializer.FromBinary(bytes, _serializer.Manifest(message)));
            }
            catch (MessagePackSerializationException)
            {
                // Refused.
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        }
    }

    [Fact]
    public void Fields_that_a_later_version_appends_are_skipped() => Assert.All(_samples, message =>
    {
        byte[] bytes = _serializer.ToBinary(message);
        Assert.InRange(bytes[0], 0x90, 0x9E); // a short array: its length is in the first byte
        byte[] field = MessagePackSerializer.Serialize("later", cancellationToken: TestContext.Current.CancellationToken);
        byte[] later = [(byte)(bytes[0] + 1), .. bytes[1..], .. field];
        Assert.Equal(Structure.Of(message), Structure.Of(_serializer.FromBinary(later, _serializer.Manifest(message))));
    });

    [Fact]
    public void Fields_that_a_later_version_appends_inside_are_skipped()
    {
        var (buffer, sample) = (new System.Buffers.ArrayBufferWriter<byte>(), (Assign)_samples[0]);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(2);
        writer.Write(sample.Episode);
        writer.WriteArrayHeader(6);
        writer.Write(sample.Assignment.Effort);
        writer.Write(sample.Assignment.BatchSize);
        writer.Write(sample.Assignment.Gamma);
        writer.WriteArrayHeader(4);
        writer.Write(sample.Assignment.Terms.Fixed);
        writer.Write(sample.Assignment.Terms.LossSlope);
        writer.WriteMapHeader(2);
        foreach (var (name, value) in sample.Assignment.Terms.Announced)
        {
            writer.Write(name);
            writer.Write(value);
        }

        writer.Write("later"); // in the terms
        writer.Write(sample.Assignment.TakesPart);
        writer.WriteMapHeader(0); // in the assignment
        writer.Flush();
        Assert.Equal(
            Structure.Of(sample with { Published = null }), Structure.Of(_serializer.FromBinary(buffer.WrittenSpan.ToArray(), "as1")));
    }

    [Fact]
    public void Equal_terms_are_written_as_equal_bytes()
    {
        var one = new RewardTerms(1, 2, new Dictionary<string, double> { ["a"] = 1, ["b"] = 2 });
        var other = new RewardTerms(1, 2, new Dictionary<string, double> { ["b"] = 2, ["a"] = 1 });
        Assert.Equal(
            _serializer.ToBinary(new Assign(0, new Assignment(1, 1, 1, one))),
            _serializer.ToBinary(new Assign(0, new Assignment(1, 1, 1, other))));
    }

    private void Refused(byte[] bytes, string manifest) =>
        Assert.Throws<MessagePackSerializationException>(() => _serializer.FromBinary(bytes, manifest));
}
