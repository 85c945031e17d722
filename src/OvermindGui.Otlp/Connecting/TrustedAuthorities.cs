using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OvermindGui.Otlp.Connecting;

/// <summary>The certificates of a PEM file as the only authorities that are trusted.</summary>
internal static class TrustedAuthorities
{
    /// <exception cref="OtlpException">The file has none, or cannot be read.</exception>
    public static X509ChainPolicy Read(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new OtlpException($"The file of authorities {file} cannot be read ({e.Message})");
        }

        return policy.CustomTrustStore.Count > 0 ? policy : throw new OtlpException($"The file of authorities {file} has no certificate; it must be PEM");
    }
}
