using System.Buffers.Binary;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace FLCrowd.Actors.Network;

/// <summary>
/// What two nodes do before the first message: TLS where there are certificates, then each sends the program's name and what it has against
/// the other's certificate. So both know why a connection does not come about, which an alert of TLS would not tell. Nothing else is
/// read from, or sent to, whoever does not pass.
/// </summary>
internal static class Greeting
{
    private const int LongestObjection = 1000;

    private static ReadOnlySpan<byte> Name => "flcrowd1"u8;

    /// <summary>Greets whoever connected. Who it is is not told anything before it said the name.</summary>
    /// <exception cref="StrangerException">It is no node.</exception>
    /// <exception cref="CertificateException">It shows a certificate that is not believed, or does not believe this node's.</exception>
    public static async Task<Stream> AnswerAsync(Stream connection, NodeTls? tls, CancellationToken cancel)
    {
        var (stream, objection) = await EncryptAsync(connection, tls, isServer: true, cancel);
        var theirs = await HearAsync(stream, cancel);
        await SayAsync(stream, objection, cancel);
        return Judge(stream, objection, theirs);
    }

    /// <summary>Greets a node that this one connected to.</summary>
    /// <inheritdoc cref="AnswerAsync"/>
    public static async Task<Stream> BeginAsync(Stream connection, NodeTls? tls, CancellationToken cancel)
    {
        var (stream, objection) = await EncryptAsync(connection, tls, isServer: false, cancel);
        await SayAsync(stream, objection, cancel);
        return Judge(stream, objection, await HearAsync(stream, cancel));
    }

    /// <summary>A text of somebody else as it may be shown: short, and in one line.</summary>
    public static string Shown(string text) =>
        string.Concat(text.Take(LongestObjection).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter));

    private static async Task<(Stream Stream, string? Objection)> EncryptAsync(
        Stream connection, NodeTls? tls, bool isServer, CancellationToken cancel)
    {
        if (tls is null)
        {
            return (connection, null);
        }

        string? objection = null;
#pragma warning disable CA5359 // A certificate that is not believed is refused in the greeting, which says why.
        var stream = new SslStream(connection, leaveInnerStreamOpen: false, Note);
#pragma warning restore CA5359
        var own = SslStreamCertificateContext.Create(tls.Certificate, [tls.Authority], offline: true);
        try
        {
            var server = new SslServerAuthenticationOptions
            {
                ServerCertificateContext = own,
                ClientCertificateRequired = true,
                AllowTlsResume = false,
            };
            var client = new SslClientAuthenticationOptions { ClientCertificateContext = own, TargetHost = "", AllowTlsResume = false };
            await (isServer ? stream.AuthenticateAsServerAsync(server, cancel) : stream.AuthenticateAsClientAsync(client, cancel));
        }
        catch (Exception e) when (e is AuthenticationException or IOException or InvalidOperationException or NotSupportedException)
        {
            throw new StrangerException("it speaks no TLS as nodes with cluster.tls do", e);
        }

        return (stream, objection);

        bool Note(object _, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
        {
            objection = tls.Objection(certificate as X509Certificate2);
            return true;
        }
    }

    private static async Task SayAsync(Stream stream, string? objection, CancellationToken cancel)
    {
        byte[] text = Encoding.UTF8.GetBytes(objection ?? "");
        byte[] greeting = [.. Name, 0, 0, .. text];
        BinaryPrimitives.WriteUInt16LittleEndian(greeting.AsSpan(Name.Length), (ushort)text.Length);
        await stream.WriteAsync(greeting, cancel);
        await stream.FlushAsync(cancel);
    }

    private static async Task<string> HearAsync(Stream stream, CancellationToken cancel)
    {
        try
        {
            var head = new byte[Name.Length + sizeof(ushort)];
            await stream.ReadExactlyAsync(head, cancel);
            int length = BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(Name.Length));
            if (!head.AsSpan(0, Name.Length).SequenceEqual(Name) || length > sizeof(int) * LongestObjection)
            {
                throw new StrangerException("it speaks another language");
            }

            var text = new byte[length];
            await stream.ReadExactlyAsync(text, cancel);
            return Shown(Encoding.UTF8.GetString(text));
        }
        catch (IOException e)
        {
            throw new StrangerException("it went before it said who it is", e);
        }
    }

    private static Stream Judge(Stream stream, string? objection, string theirs)
    {
        if (objection is null && theirs.Length == 0)
        {
            return stream;
        }

        // What the other has to say counts where it is believed.
        throw objection is null
            ? new CertificateException($"it refuses {theirs}")
            : new CertificateException($"this node refuses {objection}");
    }
}

/// <summary>Whoever is at the other end is no node of this program.</summary>
internal sealed class StrangerException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>One of two nodes does not believe the other's certificate; the message says which, and why.</summary>
internal sealed class CertificateException(string message) : IOException(message);
