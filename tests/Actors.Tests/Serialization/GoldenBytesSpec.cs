using FLCrowd.Actors.Serialization;

namespace FLCrowd.Actors.Tests.Serialization;

public sealed class GoldenBytesSpec(SerializerFixture fixture) : IClassFixture<SerializerFixture>
{
    private const string File = "golden-messages.txt";

    private readonly object[] _samples = SampleMessages.All(fixture.Actor);

    [Fact]
    public void There_is_a_sample_of_every_manifest() => Assert.Equal(
        ProtocolSerializer.Manifests.Keys.Order(StringComparer.Ordinal),
        _samples.Select(fixture.Serializer.Manifest).Order(StringComparer.Ordinal));

    [Fact]
    public void Messages_are_written_as_they_always_were()
    {
        var golden = Golden();
        var (unknown, changed) = (new List<string>(), new List<string>());
        foreach (object message in _samples)
        {
            string manifest = fixture.Serializer.Manifest(message);
            string hex = Convert.ToHexStringLower(fixture.Serializer.ToBinary(message));
            if (golden[manifest].LastOrDefault() != hex)
            {
                (golden.Contains(manifest) ? changed : unknown).Add($"{manifest} {message.GetType().Name} {hex}");
            }
        }

        Assert.True(
            changed.Count == 0,
            "messages are written in another way than before. Other versions cannot read them where a field was removed, renumbered or "
            + "retyped: undo that, or add a new manifest. Where a field was appended, keep the old line of "
            + $"tests/Actors.Tests/Serialization/{File} and add below it:\n{string.Join('\n', changed)}\n");
        Assert.True(
            unknown.Count == 0,
            $"manifests are new. Accept their bytes with these lines at the end of tests/Actors.Tests/Serialization/{File}:\n"
            + $"{string.Join('\n', unknown)}\n");
    }

    [Fact]
    public void Messages_that_were_ever_written_are_read()
    {
        var samples = _samples.ToDictionary(fixture.Serializer.Manifest);
        Assert.Equal(samples.Count, Golden().Count);
        foreach (var versions in Golden())
        {
            foreach (string hex in versions)
            {
                Assert.IsType(samples[versions.Key].GetType(), fixture.Serializer.FromBinary(Convert.FromHexString(hex), versions.Key));
            }

            var newest = fixture.Serializer.FromBinary(Convert.FromHexString(versions.Last()), versions.Key);
            Assert.Equal(Structure.Of(samples[versions.Key]), Structure.Of(newest));
        }
    }

    /// <summary>The bytes of every manifest, oldest first.</summary>
    private static ILookup<string, string> Golden() => System.IO.File
        .ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Serialization", File))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(' '))
        .ToLookup(fields => fields[0], fields => fields[2]);
}
