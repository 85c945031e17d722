namespace OvermindGui.Core.Terminal;

/// <summary>
/// Turns one output stream into finished lines: feed bytes, take lines. The style in force carries over from line to line. One
/// instance per stream and run of a process; not thread-safe.
/// </summary>
public sealed class LineAssembler : ITerminalActions
{
    /// <summary>Longer lines are cut into several, so that no child can grow memory (UTF-16 code units).</summary>
    public const int MaxLineLength = 64 * 1024;

    private readonly TerminalParser _parser;
    private readonly LineBuffer _line = new();
    private readonly Action<StyledLine> _finished;
    private TextStyle _style;
    private bool _open;

    /// <param name="finished">Called for every finished line, in order, from within <see cref="Feed"/> and <see cref="Complete"/>.</param>
    public LineAssembler(Action<StyledLine> finished)
    {
        _finished = finished;
        _parser = new TerminalParser(this);
    }

    public void Feed(ReadOnlySpan<byte> bytes) => _parser.Feed(bytes);

    /// <summary>The stream has ended: a last line without newline is finished too.</summary>
    public void Complete()
    {
        _parser.Complete();
        if (_open) FinishLine();
    }

    void ITerminalActions.Print(ReadOnlySpan<char> text)
    {
        _open = true;
        // Counted from the cursor: text that overwrites a long line makes it no longer.
        while (_line.Cursor + text.Length > MaxLineLength)
        {
            var cut = MaxLineLength - _line.Cursor;
            if (cut > 0 && cut < text.Length && char.IsHighSurrogate(text[cut - 1])) cut--;
            _line.Put(text[..cut], _style);
            text = text[cut..];
            FinishLine();
            _open = true;
        }

        _line.Put(text, _style);
    }

    void ITerminalActions.Execute(byte control)
    {
        switch (control)
        {
            case (byte)'\n':
                FinishLine();
                break;
            case (byte)'\r':
                _line.CarriageReturn();
                break;
            case (byte)'\b':
                _line.Backspace();
                break;
            case (byte)'\t':
                if (_line.Cursor >= MaxLineLength) FinishLine();
                _open = true;
                _line.Tab();
                break;
        }
    }

    void ITerminalActions.ControlSequence(in ControlSequence sequence)
    {
        if (!sequence.IsStandard) return;
        switch (sequence.Final)
        {
            case 'm':
                _style = GraphicRendition.Apply(_style, sequence.Parameters);
                break;
            case 'K':
                EraseInLine(sequence.Parameters[0].OrZero);
                break;
        }
    }

    private void EraseInLine(int mode)
    {
        if (mode == 0) _line.EraseToEnd();
        else if (mode == 1) _line.EraseToStart();
        else if (mode == 2) _line.EraseAll();
    }

    private void FinishLine()
    {
        _open = false;
        _finished(_line.Take());
    }
}
