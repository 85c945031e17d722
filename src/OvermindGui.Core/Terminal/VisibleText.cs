using System.Buffers;
using System.Globalization;
using System.Text;

namespace OvermindGui.Core.Terminal;

/// <summary>
/// Makes text safe for a terminal. Stored text normally has no control characters except tabs, but any program may write rows, and the
/// parser keeps bidirectional overrides as text. Both are replaced by a visible sign or name.
/// </summary>
public static class VisibleText
{
    private const char ControlPictures = '\u2400';
    private const char DeletePicture = '\u2421';
    private const char Replacement = '\uFFFD';

    // C0 except the tab, DEL and C1, and the characters that HtmlRenderer shows by name.
    private static readonly SearchValues<char> NotPlain = SearchValues.Create(
    [
        .. Enumerable.Range(0, 0x20).Where(c => c != '\t').Concat(Enumerable.Range(0x7F, 0x21)).Select(c => (char)c),
        .. HtmlRenderer.DirectionControlCharacters,
    ]);

    public static void Append(StringBuilder target, ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(NotPlain) is >= 0 and var found)
        {
            target.Append(text[..found]);
            AppendSign(target, text[found]);
            text = text[(found + 1)..];
        }

        target.Append(text);
    }

    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAny(NotPlain)) return text;
        var visible = new StringBuilder(text.Length + 16);
        Append(visible, text);
        return visible.ToString();
    }

    private static void AppendSign(StringBuilder target, char control)
    {
        if (control < 0x20) target.Append((char)(ControlPictures + control));
        else if (control == 0x7F) target.Append(DeletePicture);
        else if (control < 0xA0) target.Append(Replacement); // C1 has no pictures
        else target.Append(CultureInfo.InvariantCulture, $"<U+{(int)control:X4}>");
    }
}
