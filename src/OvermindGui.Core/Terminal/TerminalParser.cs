using System.Buffers;
using System.Text.Unicode;

namespace OvermindGui.Core.Terminal;

/// <summary>
/// Splits output bytes into text, controls and sequences. The states are those of the VT500 parser (vt100.net/emu/dec_ansi_parser), with
/// UTF-8 input. All state survives between calls, so any split of the input into chunks gives the same calls on <paramref name="actions"/>.
/// It never throws on input and buffers at most one sequence of bounded length.
/// </summary>
public sealed class TerminalParser(ITerminalActions actions)
{
    private ITerminalActions _actions = actions;

    private enum State
    {
        Ground,
        Escape,
        EscapeIntermediate,
        ControlSequence,
        ControlString,
        ControlStringEscape,
    }

    private const byte Escape = 0x1B;
    private const byte Cancel = 0x18;
    private const byte Substitute = 0x1A;
    private const byte Bell = 0x07;
    private const byte LineFeed = (byte)'\n';
    private const byte Delete = 0x7F;

    // U+0080 to U+009F, each short for an escape sequence of two bytes, are this byte and one from 80 to 9F.
    private const byte FirstOfC1 = 0xC2;
    private const byte StringTerminator = 0x9C; // as U+009C, its second byte

    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(b => (byte)b), Delete, FirstOfC1]);

    private const int MaxCharacterBytes = 4;
    private const int MaxParameters = 64;
    private const int MaxParameterValue = 65535;

    // Maximum length of a string sequence (OSC, DCS, …) to keep; the rest is dropped.
    private const int MaxKept = 8 * 1024;

    // Images in DCS and APC are long and may contain newlines. Beyond this length the terminator is considered missing, and the next
    // newline ends the string.
    private const int MaxSpan = 1024 * 1024;

    private State _state;

    // Text: the decoded characters, and a character whose bytes have not all arrived.
    private readonly char[] _decoded = new char[4096];
    private readonly byte[] _partial = new byte[MaxCharacterBytes];
    private int _partialLength;

    // A control sequence.
    private readonly SequenceParameter[] _parameters = new SequenceParameter[MaxParameters];
    private int _parameterCount;
    private bool _parametersFull;
    private byte _marker;
    private byte _intermediate;

    // A control string.
    private byte[] _string = [];
    private int _stringLength;
    private byte _lastOfString;
    private byte _stringKind;

    /// <summary>From now on, these actions get what the input contains. A sequence that is incomplete so far goes to them as a whole.</summary>
    public void RedirectTo(ITerminalActions actions) => _actions = actions;

    /// <summary>Reads the next bytes of the stream.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_state == State.Ground && (TakeIntroducer(ref bytes) || TakeText(ref bytes))) continue;
            if (_state == State.ControlSequence && (TakeNumbers(ref bytes) || TakeSign(ref bytes))) continue;
            Step(bytes[0]);
            bytes = bytes[1..];
        }
    }

    /// <summary>Call this at the end of the stream: a truncated character becomes U+FFFD.</summary>
    public void Complete()
    {
        FlushPartialCharacter();
        _state = State.Ground;
    }

    // "ESC [" and the bytes of a control sequence in one go: coloured output is full of them.
    private bool TakeIntroducer(ref ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2 || bytes[0] != Escape || bytes[1] != (byte)'[' || _partialLength > 0) return false;
        BeginControlSequence();
        _state = State.ControlSequence;
        bytes = bytes[2..];
        return true;
    }

    private bool TakeSign(ref ReadOnlySpan<byte> bytes)
    {
        var b = bytes[0];
        if (b is < 0x20 or >= Delete) return false;
        bytes = bytes[1..];
        StepControlSequence(b);
        return true;
    }

    private void Step(byte b)
    {
        switch (_state)
        {
            case State.Ground:
                if (b == Escape) _state = State.Escape;
                else _actions.Execute(b);
                break;
            case State.ControlString or State.ControlStringEscape:
                StepControlString(b);
                break;
            case var _ when b == Escape:
                _state = State.Escape;
                break;
            case var _ when b is Cancel or Substitute:
                _state = State.Ground;
                break;
            case var _ when b < 0x20:
                _actions.Execute(b); // a control inside a sequence acts immediately, and the sequence continues
                break;
            case var _ when b == Delete:
                break;
            case var _ when b >= 0x80: // invalid in a sequence: abort it and treat the byte as text
                _state = State.Ground;
                Print([b]);
                break;
            case State.Escape:
                StepEscape(b);
                break;
            case State.EscapeIntermediate:
                if (b < 0x30) break;
                _state = State.Ground;
                _actions.EscapeSequence(_intermediate, b);
                break;
            case State.ControlSequence:
                StepControlSequence(b);
                break;
        }
    }

    private void StepEscape(byte b)
    {
        switch (b)
        {
            case (byte)'[':
                BeginControlSequence();
                _state = State.ControlSequence;
                break;
            case (byte)']' or (byte)'P' or (byte)'X' or (byte)'^' or (byte)'_': // OSC, DCS, SOS, PM, APC
                BeginControlString(b);
                break;
            case < 0x30:
                _intermediate = b;
                _state = State.EscapeIntermediate;
                break;
            default:
                _state = State.Ground;
                _actions.EscapeSequence(0, b);
                break;
        }
    }

    private void BeginControlSequence()
    {
        _parameterCount = 1;
        _parameters[0] = SequenceParameter.Empty;
        _parametersFull = false;
        _marker = _intermediate = 0;
    }

    // Digits in one go: coloured output is a fifth numbers.
    private bool TakeNumbers(ref ReadOnlySpan<byte> bytes)
    {
        var digits = 0;
        var value = Math.Max(_parameters[_parameterCount - 1].Value, 0);
        for (; digits < bytes.Length && (uint)(bytes[digits] - '0') <= 9; digits++)
            value = Math.Min(value * 10 + (bytes[digits] - '0'), MaxParameterValue);
        if (digits == 0) return false;
        // Ignores the digits of parameters beyond the maximum.
        if (!_parametersFull) _parameters[_parameterCount - 1] = new SequenceParameter(value, _parameters[_parameterCount - 1].IsSub);
        bytes = bytes[digits..];
        return true;
    }

    private void StepControlSequence(byte b)
    {
        switch (b)
        {
            case (byte)';' or (byte)':':
                _parametersFull = _parameterCount == MaxParameters;
                if (!_parametersFull) _parameters[_parameterCount++] = SequenceParameter.Empty with { IsSub = b == ':' };
                break;
            case >= 0x3C and <= 0x3F: // < = > ?
                _marker = b;
                break;
            case >= 0x20 and <= 0x2F:
                _intermediate = b;
                break;
            case >= 0x40 and <= 0x7E:
                _state = State.Ground;
                _actions.ControlSequence(new ControlSequence(_parameters.AsSpan(0, _parameterCount), _marker, _intermediate, (char)b));
                break;
        }
    }

    // An unterminated OSC, PM or SOS string must not swallow the rest of the log.
    private bool EndsWithLine => _stringKind is not ((byte)'P' or (byte)'_') || _stringLength > MaxSpan;

    private void BeginControlString(byte kind) => (_stringLength, _lastOfString, _stringKind, _state) = (0, 0, kind, State.ControlString);

    private void StepControlString(byte b)
    {
        if (_state == State.ControlStringEscape && b != (byte)'\\')
        {
            // ESC without "\" ends the string and starts another sequence.
            _state = State.Escape;
            Step(b);
            return;
        }

        switch (b)
        {
            case (byte)'\\' when _state == State.ControlStringEscape:
                _state = State.Ground;
                break;
            case Escape:
                EndControlString(State.ControlStringEscape);
                break;
            case Bell when _stringKind == (byte)']':
                EndControlString(State.Ground, bell: true);
                break;
            case StringTerminator when _lastOfString == FirstOfC1:
                _stringLength--;
                EndControlString(State.Ground);
                break;
            case Cancel or Substitute:
                _state = State.Ground;
                break;
            case LineFeed when EndsWithLine:
                _state = State.Ground;
                _actions.Execute(b);
                break;
            default:
                Keep(b);
                break;
        }
    }

    private void Keep(byte b)
    {
        _lastOfString = b;
        if (_stringLength == _string.Length && _stringLength < MaxKept) Array.Resize(ref _string, Math.Clamp(_string.Length * 2, 256, MaxKept));
        if (_stringLength < _string.Length) _string[_stringLength] = b;
        if (_stringLength <= MaxSpan) _stringLength++;
    }

    // Drops a string that was too long as a whole: a truncated address would be a different one.
    private void EndControlString(State next, bool bell = false)
    {
        _state = next;
        if (_stringKind == (byte)']' && _stringLength <= MaxKept) _actions.OperatingSystemCommand(_string.AsSpan(0, _stringLength), bell);
    }

    /// <summary>Prints leading text, or handles a leading C1 control. Returns false when the input starts with neither.</summary>
    private bool TakeText(ref ReadOnlySpan<byte> bytes)
    {
        if (_partialLength > 0) return TakePartialCharacter(ref bytes);
        var text = TextLength(bytes);
        if (text > 0)
        {
            Print(bytes[..text], endsLine: text < bytes.Length && bytes[text] == LineFeed);
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

    private void Print(ReadOnlySpan<byte> utf8, bool endsLine = false)
    {
        while (!utf8.IsEmpty)
        {
            var taken = Decode(utf8[..Math.Min(utf8.Length, _decoded.Length)], endsLine && utf8.Length <= _decoded.Length);
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
    private int Decode(ReadOnlySpan<byte> utf8, bool endsLine = false)
    {
        Utf8.ToUtf16(utf8, _decoded, out var taken, out var written, replaceInvalidSequences: true, isFinalBlock: false);
        if (written > 0) _actions.Print(_decoded.AsSpan(0, written), endsLine && taken == utf8.Length);
        return taken;
    }

    private static bool IsPartial(ReadOnlySpan<byte> utf8) =>
        !utf8.IsEmpty && System.Text.Rune.DecodeFromUtf8(utf8, out _, out _) == OperationStatus.NeedMoreData;

    private void FlushPartialCharacter()
    {
        if (_partialLength == 0) return;
        _partialLength = 0;
        _actions.Print("\uFFFD", endsLine: false);
    }
}
