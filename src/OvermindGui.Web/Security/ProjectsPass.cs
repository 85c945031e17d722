using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace OvermindGui.Web.Security;

/// <summary>
/// What a page shows its circuit to prove that its browser has passed <see cref="OwnUserGuard"/>: a circuit has no request of its own to look at. Each is
/// valid once, and for a short time.
/// </summary>
public sealed class ProjectsPass(TimeProvider time)
{
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, long> _issued = [];

    /// <summary>A new one, for a request that has been checked.</summary>
    internal string Issue()
    {
        foreach (var (old, at) in _issued)
            if (time.GetElapsedTime(at) > Validity) _issued.TryRemove(old, out _);
        var pass = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        _issued[pass] = time.GetTimestamp();
        return pass;
    }

    /// <summary>Whether it was issued and not used before.</summary>
    internal bool TryUse(string pass) => _issued.TryRemove(pass, out var at) && time.GetElapsedTime(at) <= Validity;
}
