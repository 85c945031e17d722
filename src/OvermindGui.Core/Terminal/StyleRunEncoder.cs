using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OvermindGui.Core.Terminal;

/// <summary>
/// Writes a line's style runs in the format of <see cref="StyleRunCodec"/> without intermediate strings, because floods of coloured lines
/// pass here. Reuses its buffer and caches encoded styles; not thread-safe.
/// </summary>
public sealed class StyleRunEncoder
{
    private const int MaxDigits = 11;

    private readonly StyleCache<byte[]> _spellings = new(placeBits: 8);
    private byte[] _json = new byte[512];
    private int _length;

    /// <summary>UTF-8 JSON, valid until the next call; empty for a line without style.</summary>
    public ReadOnlySpan<byte> Encode(in StyledLine line)
    {
        _length = 0;
        if (line.Runs.Length == 0) return [];
        var text = line.Text.AsSpan();
        var astral = text.IndexOfAnyInRange('\uD800', '\uDFFF') >= 0;
        var start = 0;
        foreach (ref readonly var run in line.Runs.AsSpan())
        {
            var length = astral ? StyleRunCodec.CodePoints(text.Slice(run.Start, run.Length)) : run.Length;
            AppendRun(start, length, SpellingOf(run.Style));
            start += length;
        }

        _json[_length++] = (byte)']';
        return _json.AsSpan(0, _length);
    }

    // "[[0,5,…]" for the first run, ",[5,3,…]" for the others; leaves room for the end.
    private void AppendRun(int start, int length, byte[] spelling)
    {
        var most = _length + 2 * MaxDigits + spelling.Length + 4;
        if (most > _json.Length) Array.Resize(ref _json, Math.Max(2 * _json.Length, most));
        var rest = _json.AsSpan(_length);
        (rest[0], rest[1]) = (start == 0 ? (byte)'[' : (byte)',', (byte)'[');
        var written = 2 + Write(start, rest[2..]);
        rest[written++] = (byte)',';
        written += Write(length, rest[written..]);
        spelling.CopyTo(rest[written..]);
        _length += written + spelling.Length;
    }

    // Lines are short as a rule.
    private static int Write(int number, Span<byte> to)
    {
        if (number < 10)
        {
            to[0] = (byte)('0' + number);
            return 1;
        }

        if (number < 100)
        {
            (to[0], to[1]) = ((byte)('0' + number / 10), (byte)('0' + number % 10));
            return 2;
        }

        number.TryFormat(to, out var written, default, CultureInfo.InvariantCulture);
        return written;
    }

    private byte[] SpellingOf(in TextStyle style)
    {
        ref var spelling = ref _spellings.Find(style, out var isKnown);
        return isKnown ? spelling! : spelling = Spell(style);
    }

    private static byte[] Spell(TextStyle style)
    {
        var json = new StringBuilder(",\"");
        StyleClasses.Append(json, style);
        json.Append('"');
        string?[] rest = [style.Foreground.Hex, style.Background.Hex, UnderlineColor.Text(style.UnderlineColor), style.Link];
        foreach (var value in rest.AsSpan(0, Array.FindLastIndex(rest, v => v is not null) + 1)) json.Append(',').Append(Quoted(value));
        return Encoding.UTF8.GetBytes(json.Append(']').ToString());
    }

    private static string Quoted(string? value) => value is null ? "null" : $"\"{JsonEncodedText.Encode(value)}\"";
}
