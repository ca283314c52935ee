using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FLCrowd.Actors.Network;

/// <summary>How a node proves who it is. Both sides must: a certificate that the authority did not sign gets nothing.</summary>
/// <param name="Certificate">The node's own certificate, with its private key.</param>
/// <param name="Authority">The private authority that signs all nodes' certificates.</param>
public sealed record NodeTls(X509Certificate2 Certificate, X509Certificate2 Authority)
{
    /// <summary>Whether a run made the certificate for itself and the workers that it starts: nobody else can join.</summary>
    public bool IsOfOneRun { get; private init; }

    /// <summary>A certificate that is its own authority, in memory alone.</summary>
    public static NodeTls ForOneRun()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=flcrowd-run", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(10));
        return Parse(Convert.ToBase64String(made.Export(X509ContentType.Pkcs12)));
    }

    /// <summary>What <see cref="Secret"/> gave.</summary>
    /// <exception cref="FormatException">It did not.</exception>
    /// <exception cref="CryptographicException">It did not.</exception>
    public static NodeTls Parse(string secret)
    {
        // Where the system keeps keys (Windows, macOS), TLS needs one that it keeps: until this process ends.
        var keys = X509KeyStorageFlags.Exportable;
        if (OperatingSystem.IsLinux())
        {
            keys |= X509KeyStorageFlags.EphemeralKeySet;
        }

        var certificate = X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(secret), null, keys);
        return new NodeTls(certificate, certificate) { IsOfOneRun = true };
    }

    /// <summary>Certificate and private key of <see cref="ForOneRun"/> in a line, for workers alone.</summary>
    public string Secret() => IsOfOneRun
        ? Convert.ToBase64String(Certificate.Export(X509ContentType.Pkcs12))
        : throw new InvalidOperationException("the key is somebody else's");

    /// <summary>What there is against the certificate of another node, for whoever runs either of them; null: nothing.</summary>
    internal string? Objection(X509Certificate2? other)
    {
        if (other is null)
        {
            return "a connection without a certificate";
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(Authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(other)
            ? null
            : Greeting.Shown($"the certificate {other.Subject}, issued by {other.Issuer}: {string.Join(", and ", Reasons(chain, other))}");
    }

    private IEnumerable<string> Reasons(X509Chain chain, X509Certificate2 other)
    {
        const X509ChainStatusFlags Foreign =
            X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.NotSignatureValid;
        var problems = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
        if ((problems & Foreign) != 0)
        {
            yield return $"the authority {Authority.Subject} did not sign it";
        }

        if ((problems & X509ChainStatusFlags.NotTimeValid) != 0)
        {
            var late = Array.Find((X509Certificate2[])[other, Authority], IsLate) ?? other;
            var (from, to) = (late.NotBefore.ToUniversalTime(), late.NotAfter.ToUniversalTime());
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{(late == other ? "it" : "the authority's")} is valid from {from:u} to {to:u}, now it is {Now:u}");
        }

        foreach (var status in chain.ChainStatus.Where(status => (status.Status & (Foreign | X509ChainStatusFlags.NotTimeValid)) == 0))
        {
            yield return status.StatusInformation;
        }
    }

    private static bool IsLate(X509Certificate2 certificate) =>
        Now < certificate.NotBefore.ToUniversalTime() || Now > certificate.NotAfter.ToUniversalTime();

    private static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;
}
