namespace OvermindGui.Core.Terminal;

public sealed partial class TerminalParser
{
    // A string sequence (OSC, DCS, …) that is longer than this was not meant as one: what follows is text again.
    private const int MaxControlString = 8 * 1024;

    private const byte StringTerminator = 0x9C; // as U+009C, its second byte
    private byte[] _string = [];
    private int _stringLength;
    private bool _isCommand;

    private void BeginControlString(bool isCommand)
    {
        (_stringLength, _isCommand, _state) = (0, isCommand, State.ControlString);
    }

    private void StepControlString(byte b)
    {
        if (_state == State.ControlStringEscape && b != (byte)'\\')
        {
            // ESC without "\" ends the string and starts a sequence of its own.
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
            case Bell:
                EndControlString(State.Ground);
                break;
            case StringTerminator when _stringLength > 0 && _string[_stringLength - 1] == FirstOfC1:
                _stringLength--;
                EndControlString(State.Ground);
                break;
            case Cancel or Substitute:
                _state = State.Ground;
                break;
            case LineFeed: // an unterminated string must not swallow the rest of the log
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
        if (_stringLength == _string.Length) Array.Resize(ref _string, Math.Clamp(_string.Length * 2, 256, MaxControlString));
        _string[_stringLength++] = b;
        if (_stringLength == MaxControlString) _state = State.Ground;
    }

    private void EndControlString(State next)
    {
        _state = next;
        if (_isCommand) actions.OperatingSystemCommand(_string.AsSpan(0, _stringLength));
    }
}
