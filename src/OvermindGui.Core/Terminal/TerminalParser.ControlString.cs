namespace OvermindGui.Core.Terminal;

public sealed partial class TerminalParser
{
    // Maximum length of a string sequence (OSC, DCS, …) to keep; the rest is dropped.
    private const int MaxKept = 8 * 1024;

    // Images in DCS and APC are long and may contain newlines. Beyond this length the terminator is considered missing, and the next
    // newline ends the string.
    private const int MaxSpan = 1024 * 1024;

    private const byte StringTerminator = 0x9C; // as U+009C, its second byte

    private byte[] _string = [];
    private int _stringLength;
    private byte _lastOfString;
    private byte _stringKind;

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
                actions.Execute(b);
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
        if (_stringKind == (byte)']' && _stringLength <= MaxKept) actions.OperatingSystemCommand(_string.AsSpan(0, _stringLength), bell);
    }
}
