using System.Text;

namespace OvermindGui.Core.Terminal;

public sealed partial class LineAssembler
{
    // What is erased keeps the background that is set (BCE), and nothing else.
    private TextStyle ErasedStyle => TextStyle.Default with { Background = _style.Background };

    void ITerminalActions.ControlSequence(in ControlSequence sequence)
    {
        var repeatable = _repeatable;
        _repeatable = null;
        if (sequence.IsStandard && sequence.Final == 'm')
            _style = GraphicRendition.Apply(_style, sequence.Parameters);
        else if (sequence.IsPrivateMode)
            SetModes(sequence.Parameters, sequence.Final == 'h');
        else if (sequence.IsSoftReset)
            ResetState();
        else if (sequence.IsStandard && !_alternateScreen)
            Act(sequence.Final, sequence.Parameters, repeatable);
    }

    private void Act(char final, ReadOnlySpan<SequenceParameter> parameters, Rune? repeatable)
    {
        var count = Math.Max(1, parameters[0].Value);
        var (_, column) = _window.Position;
        switch (final)
        {
            case 'A': _window.Up(count); break;
            case 'B' or 'e': _window.Up(-count); break;
            case 'C' or 'a': _window.MoveToColumn(column + count); break;
            case 'D': _window.MoveToColumn(column - count); break;
            case 'E': MoveToLineStart(-count); break;
            case 'F': MoveToLineStart(count); break;
            case 'G' or '`': _window.MoveToColumn(count - 1); break;
            case 'H' or 'f':
                _window.MoveToRow(count - 1);
                _window.MoveToColumn(parameters.Length > 1 ? Math.Max(1, parameters[1].Value) - 1 : 0);
                break;
            case 'd': _window.MoveToRow(count - 1); break;
            case 'I': _window.Tab(Math.Min(count, _size.Columns)); break;
            case 'Z': _window.BackTab(count); break;
            case 'J': EraseInScreen(parameters[0].OrZero); break;
            case 'K': EraseInLine(parameters[0].OrZero); break;
            case 'X': _window.EraseCharacters(count, ErasedStyle); break;
            case '@': _window.InsertCharacters(count, ErasedStyle); break;
            case 'P': _window.DeleteCharacters(count, ErasedStyle); break;
            case 'L': _window.InsertLines(count); break;
            case 'M': _window.DeleteLines(count); break;
            case 'b': Repeat(repeatable, count); break;
            case 's': SaveCursor(); break;
            case 'u': RestoreCursor(); break;
        }
    }

    void ITerminalActions.EscapeSequence(byte intermediate, byte final)
    {
        _repeatable = null;
        if (intermediate is (byte)'(' or (byte)')') SelectCharacterSet(intermediate == '(' ? 0 : 1, final);
        if (intermediate != 0) return;
        if (final == (byte)'c') ResetTerminal();
        if (_alternateScreen) return;
        switch (final)
        {
            case (byte)'7': SaveCursor(); break;
            case (byte)'8': RestoreCursor(); break;
            case (byte)'D': _window.Index(); break;
            case (byte)'E': _window.LineFeed(); break;
            case (byte)'M': _window.ReverseIndex(); break;
        }
    }

    private void MoveToLineStart(int up)
    {
        _window.Up(up);
        _window.CarriageReturn();
    }

    private void EraseInLine(int mode)
    {
        if (mode == 0) _window.EraseToEnd();
        else if (mode == 1) _window.EraseToStart(ErasedStyle);
        else if (mode == 2) _window.EraseLine();
    }

    // Clearing the screen deletes no history: what was there stays, and a new page begins. So does erasing all below its first cell.
    private void EraseInScreen(int mode)
    {
        if (mode is 2 or 3 || mode == 0 && _window.IsHome) _window.Begin();
        else if (mode == 0) _window.EraseBelow();
        else if (mode == 1) _window.EraseToStart(ErasedStyle);
    }

    // At most a window's width: three bytes must not become megabytes.
    private void Repeat(Rune? rune, int count)
    {
        if (rune is not { } repeated) return;
        var one = repeated.ToString();
        _window.Write(string.Concat(Enumerable.Repeat(one, Math.Min(count, _size.Columns))), _style);
    }
}
