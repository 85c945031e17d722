namespace OvermindGui.Core.Terminal;

public sealed partial class TerminalParser
{
    private const int MaxParameters = 64;
    private const int MaxParameterValue = 65535;

    private readonly SequenceParameter[] _parameters = new SequenceParameter[MaxParameters];
    private int _parameterCount;
    private bool _parametersFull;
    private byte _marker;
    private byte _intermediate;

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
                actions.ControlSequence(new ControlSequence(_parameters.AsSpan(0, _parameterCount), _marker, _intermediate, (char)b));
                break;
        }
    }
}
