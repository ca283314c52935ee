using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FLCrowd.Host.Tests.Cluster;

internal static class Certificates
{
    /// <summary>Writes a certificate that is its own authority.</summary>
    /// <returns>What a cluster file says of it.</returns>
    public static string Write(TemporaryFolder folder, string name, int validDays = 1)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(now.AddDays(-2), now.AddDays(validDays));
        var (pem, keyPem) = (folder.In($"{name}.pem"), folder.In($"{name}.key"));
        File.WriteAllText(pem, certificate.ExportCertificatePem());
        File.WriteAllText(keyPem, key.ExportPkcs8PrivateKeyPem());
        return $"tls {{ certificate = \"{pem}\", key = \"{keyPem}\", authority = \"{pem}\" }}";
    }
}
