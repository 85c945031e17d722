using System.Buffers;

namespace OvermindGui.Core.Terminal;

/// <summary>Which targets of OSC 8 become links. What a child prints is hostile: nothing that a browser would run gets through.</summary>
public static class Hyperlink
{
    /// <summary>Longer targets are dropped, their text stays; browsers cut at about as much.</summary>
    public const int MaxLength = 2083;

    // A URI is printable ASCII (RFC 3986); what else comes must have been percent-encoded by who wrote it.
    private static readonly SearchValues<char> Printable = SearchValues.Create([.. Enumerable.Range(0x21, 0x7E - 0x21 + 1).Select(c => (char)c)]);

    /// <summary>The target as it came when it is safe to open (http, https or mailto), else null.</summary>
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
