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
        Append("["u8);
        foreach (var run in line.Runs)
        {
            var length = astral ? StyleRunCodec.CodePoints(text.Slice(run.Start, run.Length)) : run.Length;
            Append(start == 0 ? "["u8 : ",["u8);
            AppendNumber(start);
            Append(","u8);
            AppendNumber(length);
            Append(SpellingOf(run.Style));
            start += length;
        }

        Append("]"u8);
        return _json.AsSpan(0, _length);
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

    private void AppendNumber(int number)
    {
        Reserve(MaxDigits);
        number.TryFormat(_json.AsSpan(_length), out var written, default, CultureInfo.InvariantCulture);
        _length += written;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_json.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Reserve(int bytes)
    {
        if (_length + bytes > _json.Length) Array.Resize(ref _json, Math.Max(_json.Length * 2, _length + bytes));
    }
}
