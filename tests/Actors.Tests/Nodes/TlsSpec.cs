using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FLCrowd.Actors.Network;
using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Nodes;

public sealed class TlsSpec
{
    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Only_a_node_with_a_certificate_of_the_authority_gets_in()
    {
        using var ours = Authority("ours");
        using var theirs = Authority("theirs");
        var game = Games.Of(("truthful", 7));
        var (_, alone) = await TestNode.PlayAsync(new FakePlugins(), Games.Plan(game));

        await using var cluster = await TestCluster.StartAsync(new FakePlugins(), 2, tls: Node(ours));
        Assert.Equal(alone.Text, (await cluster.PlayAsync(Games.Plan(game))).Text);

        // It believes the cluster, but the cluster does not believe it.
        var foreign = await cluster.AddAsync(
            new FakePlugins(), new NodeSettings(NodeRole.Worker) { Tls = Node(theirs) with { Authority = ours } });
        var refused = await Assert.ThrowsAsync<JoinRefusedException>(() => cluster.JoinAsync(foreign));
        Assert.Contains("it refuses the certificate CN=node, issued by CN=theirs: the authority CN=ours did not sign it", refused.Message);

        var bare = await cluster.AddAsync(new FakePlugins(), new NodeSettings(NodeRole.Worker));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cluster.JoinAsync(bare, Attempt));

        Assert.Equal(2, Membership.WorkersOf(cluster.Server).Nodes);
    }

    [Fact]
    public void A_certificate_is_accepted_from_the_authority_alone_and_only_in_its_time()
    {
        using var ours = Authority("ours");
        using var theirs = Authority("ours");
        var tls = Node(ours);
        Assert.Null(tls.Objection(Node(ours).Certificate));
        Assert.NotNull(tls.Objection(Node(theirs).Certificate));
        Assert.NotNull(tls.Objection(Node(ours, to: -1).Certificate));
        Assert.NotNull(tls.Objection(null));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("localhost", true)]
    [InlineData("10.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("example.org", false)]
    public void Without_certificates_there_is_loopback_alone(string host, bool allowed)
    {
        var problem = Record.Exception(() => NodeSecurity.Check(new NodeSettings(NodeRole.Worker, host)));
        Assert.Equal(allowed, problem is null);
    }

    internal static X509Certificate2 Authority(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddYears(-3), now.AddYears(3));
    }

    /// <summary>A node's certificate that is valid between two years, counted from now.</summary>
    internal static NodeTls Node(X509Certificate2 authority, int from = -2, int to = 1)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=node", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var signed = request.Create(authority, now.AddYears(from), now.AddYears(to), RandomNumberGenerator.GetBytes(8));
        return new NodeTls(signed.CopyWithPrivateKey(key), authority);
    }
}
