using System.Buffers;

namespace OvermindGui.Core.Terminal;

/// <summary>
/// Decides which OSC 8 targets become links. Process output is hostile: nothing that a browser would execute is accepted.
/// </summary>
public static class Hyperlink
{
    /// <summary>Longer targets are dropped and their text stays; browsers have a similar limit.</summary>
    public const int MaxLength = 2083;

    // A URI is printable ASCII (RFC 3986); everything else must be percent-encoded.
    private static readonly SearchValues<char> Printable = SearchValues.Create([.. Enumerable.Range(0x21, 0x7E - 0x21 + 1).Select(c => (char)c)]);

    /// <summary>The unchanged target if it is safe to open (http, https or mailto), otherwise null.</summary>
    public static string? Accept(ReadOnlySpan<char> target)
    {
        if (target.IsEmpty || target.Length > MaxLength || target.ContainsAnyExcept(Printable)) return null;
        var text = target.ToString();
        return Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeMailto)
            ? text
            : null;
    }
}
