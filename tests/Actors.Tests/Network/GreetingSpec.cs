using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using FLCrowd.Actors.Network;
using FLCrowd.Actors.Tests.Nodes;

namespace FLCrowd.Actors.Tests.Network;

/// <summary>What two ends of a connection say to each other before the first message.</summary>
public sealed class GreetingSpec
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_that_believe_each_other_connect_and_what_one_writes_the_other_reads(bool encrypted)
    {
        var tls = encrypted ? NodeTls.Parse(NodeTls.ForOneRun().Secret()) : null;
        var (asks, answers) = await GreetAsync(tls, tls);
        var (one, other) = (await asks, await answers);
        await one.WriteAsync("hello"u8.ToArray(), Cancel);
        var heard = new byte[5];
        await other.ReadExactlyAsync(heard, Cancel);
        Assert.Equal("hello", Encoding.ASCII.GetString(heard));
    }

    [Theory]
    [InlineData("other authority", "the authority CN=ours did not sign it")]
    [InlineData("expired", "it is valid from 20")]
    [InlineData("not yet valid", "it is valid from 20")]
    [InlineData("expired and of another authority", "the authority CN=ours did not sign it, and it is valid from 20")]
    public async Task A_certificate_that_is_refused_is_named_with_the_reason_on_both_sides(string what, string reason)
    {
        using X509Certificate2 ours = TlsSpec.Authority("ours"), theirs = TlsSpec.Authority("theirs");
        var signer = what.Contains("other", StringComparison.Ordinal) ? theirs : ours;
        var joining = what switch
        {
            "not yet valid" => TlsSpec.Node(signer, from: 1, to: 2),
            "other authority" => TlsSpec.Node(signer),
            _ => TlsSpec.Node(signer, to: -1),
        };
        var (asks, answers) = await GreetAsync(joining with { Authority = ours }, TlsSpec.Node(ours));
        string named = $"the certificate CN=node, issued by {signer.Subject}: ";
        string here = (await Assert.ThrowsAsync<CertificateException>(() => answers)).Message;
        string there = (await Assert.ThrowsAsync<CertificateException>(() => asks)).Message;
        Assert.StartsWith($"this node refuses {named}", here, StringComparison.Ordinal);
        Assert.StartsWith($"it refuses {named}", there, StringComparison.Ordinal);
        Assert.All((string[])[here, there], line => Assert.Contains(reason, line));
    }

    [Fact]
    public async Task What_somebody_says_who_is_not_believed_is_not_repeated()
    {
        using X509Certificate2 ours = TlsSpec.Authority("ours"), theirs = TlsSpec.Authority("theirs");
        var (asks, answers) = await GreetAsync(TlsSpec.Node(ours), TlsSpec.Node(theirs));
        Assert.StartsWith(
            "this node refuses", (await Assert.ThrowsAsync<CertificateException>(() => asks)).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "this node refuses", (await Assert.ThrowsAsync<CertificateException>(() => answers)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task One_with_and_one_without_certificates_are_strangers(bool asking, bool answering)
    {
        var tls = NodeTls.ForOneRun();
        var (asks, answers) = await GreetAsync(asking ? tls : null, answering ? tls : null);
        await Assert.ThrowsAsync<StrangerException>(() => answers);
        await Assert.ThrowsAsync<StrangerException>(() => asks);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("flcrowd1\xff\xff")]
    [InlineData("flcrowd0\0\0")]
    [InlineData("fl")]
    [InlineData("")]
    public async Task Whoever_says_something_else_is_a_stranger_with_and_without_certificates(string said)
    {
        foreach (var tls in (NodeTls?[])[null, NodeTls.ForOneRun()])
        {
            var (one, other) = await PairAsync();
            await one.WriteAsync(Encoding.Latin1.GetBytes(said), Cancel);
            one.Socket.Shutdown(SocketShutdown.Send);
            await Assert.ThrowsAsync<StrangerException>(() => Greeting.AnswerAsync(other, tls, Cancel));
        }
    }

    private static async Task<(Task<Stream> Asks, Task<Stream> Answers)> GreetAsync(NodeTls? asking, NodeTls? answering)
    {
        var (one, other) = await PairAsync();
        return (Closing(one, Greeting.BeginAsync(one, asking, Cancel)), Closing(other, Greeting.AnswerAsync(other, answering, Cancel)));

        // As the transport does.
        static async Task<Stream> Closing(NetworkStream connection, Task<Stream> greeting)
        {
            try
            {
                return await greeting;
            }
            catch (IOException)
            {
                await connection.DisposeAsync();
                throw;
            }
        }
    }

    private static async Task<(NetworkStream One, NetworkStream Other)> PairAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listener.LocalEndpoint, Cancel);
        return (new NetworkStream(socket, ownsSocket: true), new NetworkStream(await listener.AcceptSocketAsync(Cancel), ownsSocket: true));
    }
}
