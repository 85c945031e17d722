using System.Buffers;
using System.Text.Unicode;

namespace OvermindGui.Core.Terminal;

public sealed partial class TerminalParser
{
    private const int MaxCharacterBytes = 4;

    private readonly char[] _decoded = new char[4096];
    private readonly byte[] _partial = new byte[MaxCharacterBytes];
    private int _partialLength;

    private void Print(ReadOnlySpan<byte> utf8)
    {
        // Complete the character that the last chunk cut, one byte at a time: it is at most three bytes away.
        while (_partialLength > 0 && !utf8.IsEmpty)
        {
            _partial[_partialLength++] = utf8[0];
            utf8 = utf8[1..];
            var taken = Decode(_partial.AsSpan(0, _partialLength));
            _partial.AsSpan(taken, _partialLength - taken).CopyTo(_partial);
            _partialLength -= taken;
        }

        while (!utf8.IsEmpty)
        {
            var taken = Decode(utf8[..Math.Min(utf8.Length, _decoded.Length)]);
            utf8 = utf8[taken..];
            if (taken == 0 || utf8.Length < MaxCharacterBytes && IsPartial(utf8))
            {
                utf8.CopyTo(_partial);
                _partialLength = utf8.Length;
                return;
            }
        }
    }

    // Invalid bytes become one U+FFFD per maximal subpart (Unicode 15, 3.9); returns how many bytes are decided.
    private int Decode(ReadOnlySpan<byte> utf8)
    {
        Utf8.ToUtf16(utf8, _decoded, out var taken, out var written, replaceInvalidSequences: true, isFinalBlock: false);
        if (written > 0) PrintWithoutControls(_decoded.AsSpan(0, written));
        return taken;
    }

    private static bool IsPartial(ReadOnlySpan<byte> utf8) =>
        !utf8.IsEmpty && System.Text.Rune.DecodeFromUtf8(utf8, out _, out _) == OperationStatus.NeedMoreData;

    private void FlushPartialCharacter()
    {
        if (_partialLength == 0) return;
        _partialLength = 0;
        actions.Print("\uFFFD");
    }

    // U+0080 to U+009F are controls, never printed.
    private void PrintWithoutControls(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyInRange('\u0080', '\u009F') is >= 0 and var control)
        {
            if (control > 0) actions.Print(text[..control]);
            text = text[(control + 1)..];
        }

        if (!text.IsEmpty) actions.Print(text);
    }
}
