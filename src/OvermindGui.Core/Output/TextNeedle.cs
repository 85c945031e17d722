using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Output;

/// <summary>Bytes that every line contains which a text matches, to be looked for in many lines at once.</summary>
internal sealed class TextNeedle
{
    private const byte CaseBit = 0x20;

    // Other characters fold to these when an expression ignores case, such as the Kelvin sign to k.
    private const string FoldedByExpressions = "iIkKsS";

    private readonly byte[] _bytes;
    private readonly bool _ignoreCase;

    private TextNeedle(byte[] bytes, bool ignoreCase) => (_bytes, _ignoreCase) = (bytes, ignoreCase && Array.Exists(bytes, b => char.IsAsciiLetter((char)b)));

    public int Length => _bytes.Length;

    /// <summary>What the filter of a line has to hold.</summary>
    public IReadOnlyList<uint> Trigrams => field ??= TrigramFilter.TrigramsOf(_bytes);

    /// <summary>Null when no bytes are certain, or when the text excludes lines.</summary>
    public static TextNeedle? Of(TextMatch text)
    {
        if (text.Excludes || (text.IsRegex ? RequiredLiteral.Find(text.Text) : text.Text) is not { Length: > 0 } literal) return null;
        if (literal.AsSpan().ContainsAny('\0', '\n')) return null;
        if (!text.MatchCase)
            literal = Longest(literal, c => char.IsAscii(c) && !((text.IsRegex || text.WholeWord) && FoldedByExpressions.Contains(c, StringComparison.Ordinal)));
        var bytes = Encoding.UTF8.GetBytes(literal);
        // Half of a character is in a line as text, not as bytes.
        return bytes.Length > 0 && Encoding.UTF8.GetString(bytes) == literal ? new TextNeedle(bytes, !text.MatchCase) : null;
    }

    /// <summary>Whether the bytes are somewhere in these; ASCII letters of both cases are equal if the text ignores case.</summary>
    public bool IsIn(ReadOnlySpan<byte> utf8) => _ignoreCase ? IsInAnyCase(utf8) : utf8.IndexOf(_bytes) >= 0;

    // Compares the first and the last byte at 32 places at once; few places are left to be compared as a whole.
    private bool IsInAnyCase(ReadOnlySpan<byte> utf8)
    {
        var (first, last) = (_bytes[0], _bytes[^1]);
        var (firstBit, lastBit) = (CaseBitOf(first), CaseBitOf(last));
        var (firsts, lasts) = (Vector256.Create((byte)(first | firstBit)), Vector256.Create((byte)(last | lastBit)));
        var (firstBits, lastBits) = (Vector256.Create(firstBit), Vector256.Create(lastBit));
        var i = 0;
        ref var start = ref MemoryMarshal.GetReference(utf8);
        for (; i + _bytes.Length - 1 + Vector256<byte>.Count <= utf8.Length; i += Vector256<byte>.Count)
        {
            var found = (Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)i) | firstBits, firsts)
                & Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)(i + _bytes.Length - 1)) | lastBits, lasts)).ExtractMostSignificantBits();
            for (; found != 0; found &= found - 1)
                if (IsAt(utf8, i + BitOperations.TrailingZeroCount(found))) return true;
        }

        for (; i + _bytes.Length <= utf8.Length; i++)
            if (IsAt(utf8, i)) return true;
        return false;
    }

    private bool IsAt(ReadOnlySpan<byte> utf8, int place) => Ascii.EqualsIgnoreCase(utf8.Slice(place, _bytes.Length), _bytes);

    private static byte CaseBitOf(byte b) => char.IsAsciiLetter((char)b) ? CaseBit : (byte)0;

    private static string Longest(string text, Func<char, bool> isUsable)
    {
        var (start, length, from) = (0, 0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && isUsable(text[i])) continue;
            if (i - from > length) (start, length) = (from, i - from);
            from = i + 1;
        }

        return text.Substring(start, length);
    }
}
