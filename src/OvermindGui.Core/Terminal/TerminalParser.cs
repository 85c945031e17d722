using System.Buffers;

namespace OvermindGui.Core.Terminal;

/// <summary>
/// Splits output bytes into text, controls and sequences. The states are those of the VT500 parser (vt100.net/emu/dec_ansi_parser), with
/// UTF-8 input. All state survives between calls, so any split of the input into chunks gives the same calls on <paramref name="actions"/>.
/// It never throws on input and buffers at most one sequence of bounded length.
/// </summary>
public sealed partial class TerminalParser(ITerminalActions actions)
{
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

    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(b => (byte)b), Delete, FirstOfC1]);

    private State _state;

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
                else actions.Execute(b);
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
                actions.Execute(b); // a control inside a sequence acts immediately, and the sequence continues
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
                actions.EscapeSequence(_intermediate, b);
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
                actions.EscapeSequence(0, b);
                break;
        }
    }
}
