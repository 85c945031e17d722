using System.Buffers;
using System.Text.Unicode;

namespace OvermindGui.Core.Terminal;

public sealed partial class TerminalParser
{
    private const int MaxCharacterBytes = 4;

    private readonly char[] _decoded = new char[4096];
    private readonly byte[] _partial = new byte[MaxCharacterBytes];
    private int _partialLength;

    // U+0080 to U+009F, each short for an escape sequence of two bytes, are this byte and one from 80 to 9F.
    private const byte FirstOfC1 = 0xC2;

    /// <summary>Prints leading text, or handles a leading C1 control. Returns false when the input starts with neither.</summary>
    private bool TakeText(ref ReadOnlySpan<byte> bytes)
    {
        if (_partialLength > 0) return TakePartialCharacter(ref bytes);
        var text = TextLength(bytes);
        if (text > 0)
        {
            Print(bytes[..text]);
            bytes = bytes[text..];
        }
        else if (bytes[0] == FirstOfC1)
        {
            ControlC1((char)bytes[1]);
            bytes = bytes[2..];
        }
        else
        {
            return false;
        }

        return true;
    }

    private static int TextLength(ReadOnlySpan<byte> bytes)
    {
        for (var length = 0; ;)
        {
            var next = bytes[length..].IndexOfAny(Controls);
            if (next < 0) return bytes.Length;
            length += next;
            if (bytes[length] != FirstOfC1) return length;
            if (length + 1 == bytes.Length) return bytes.Length; // incomplete here: the next chunk decides
            if (bytes[length + 1] is >= 0x80 and <= 0x9F) return length;
            length++; // the first byte of "°", say
        }
    }

    // Completes the character at the chunk border, byte by byte: at most three bytes are missing.
    private bool TakePartialCharacter(ref ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] is < 0x80 or > 0xBF)
        {
            FlushPartialCharacter();
            return true;
        }

        _partial[_partialLength++] = bytes[0];
        bytes = bytes[1..];
        if (_partialLength == 2 && _partial[0] == FirstOfC1 && _partial[1] <= 0x9F)
        {
            _partialLength = 0;
            ControlC1((char)_partial[1]);
            return true;
        }

        var taken = Decode(_partial.AsSpan(0, _partialLength));
        _partial.AsSpan(taken, _partialLength - taken).CopyTo(_partial);
        _partialLength -= taken;
        return true;
    }

    private void ControlC1(char control)
    {
        _state = State.Escape;
        StepEscape((byte)(control - 0x40));
    }

    private void Print(ReadOnlySpan<byte> utf8)
    {
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
        if (written > 0) actions.Print(_decoded.AsSpan(0, written));
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
}
