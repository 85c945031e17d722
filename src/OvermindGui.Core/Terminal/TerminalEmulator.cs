using System.Text;

namespace OvermindGui.Core.Terminal;

/// <summary>
/// Interprets output as a terminal does: cursor movement, styles, modes, and the active screen. Follows xterm.js, except that the log keeps
/// lines that are cleared or scroll away.
/// </summary>
internal sealed class TerminalEmulator : ITerminalActions
{
    private static readonly TextStyle MarkerStyle = new(TextAttributes.Faint | TextAttributes.Italic, default, default);

    private readonly Screen _main;
    private readonly Screen _alternate;
    private readonly Dictionary<Screen, SavedCursor> _saved = [];
    private readonly Dictionary<int, bool> _otherModes = [];
    private readonly TerminalAnswers _answers;
    private Screen _screen;
    private TextStyle _style;
    private CharacterSets _sets;
    private Rune? _repeatable;
    private char[] _drawn = [];
    private (int Row, int Column) _before; // the cursor when the alternate screen was entered
    private bool _isHome; // the cursor was just sent to the upper left corner

    private readonly record struct SavedCursor(int Row, int Column, TextStyle Style, CharacterSets Sets);

    public TerminalEmulator(TerminalSize size, LineReceiver receiver, AnswerReceiver? answers, TerminalColors colors)
    {
        _answers = new TerminalAnswers(answers, colors);
        _screen = _main = new Screen(size, receiver);
        _alternate = new Screen(size, receiver: null);
    }

    public bool HasChanges => _main.HasChanges;

    public long NewestLine => _main.NewestLine;

    public IReadOnlyList<long> LiveLinesBelow(long number) => _main.LiveLinesBelow(number);

    public IReadOnlyList<StyledLine> ScreenLines => [.. _screen.Lines];

    public (int Row, int Column) Cursor => _screen.Position;

    public bool IsAlternateScreen => _screen == _alternate;

    private ScreenLog Log => _main.Log!;

    // Erased cells keep the current background colour (BCE) and no other style.
    private TextStyle ErasedStyle => TextStyle.Default with { Background = _style.Background };

    /// <summary>What a viewer has to see now.</summary>
    public TerminalPicture Picture => new(_main, IsAlternateScreen ? _alternate : null, _style, _sets.IsLineDrawing, _otherModes);

    public void Report() => _main.Report();

    /// <summary>The window has another size now. Rows that no longer fit stay in the log.</summary>
    public void Resize(TerminalSize size)
    {
        _main.Resize(size);
        _alternate.Resize(size);
    }

    /// <summary>
    /// Call this at the end of the output. If the program ended on the alternate screen, its last contents enter the log.
    /// </summary>
    public void Complete()
    {
        LeaveAlternateScreen();
        _main.Complete();
    }

    /// <summary>
    /// The program on the alternate screen has ended without leaving it: its last contents enter the log, and further output goes to the
    /// log.
    /// </summary>
    public void LeaveAlternateScreen()
    {
        if (!IsAlternateScreen) return;
        var last = _alternate.Lines.Where(line => !string.IsNullOrWhiteSpace(line.Text)).ToList();
        if (last.Count > 0) Log.Append(Marker(LineAssembler.LastScreenMarker));
        foreach (var line in last) Log.Append(line);
        SwitchScreen(alternate: false);
        (_style, _sets) = (TextStyle.Default, default);
        ResetModes();
        _screen.MoveTo(_before.Row, _before.Column);
    }

    void ITerminalActions.Print(ReadOnlySpan<char> text, bool endsLine)
    {
        _isHome = false;
        if (_sets.IsLineDrawing) text = Drawn(text);
        _screen.Write(text, _style, endsLine);
        if (!Rune.TryCreate(text[^1], out var last)) Rune.DecodeLastFromUtf16(text, out last, out _);
        _repeatable = last;
    }

    void ITerminalActions.Execute(byte control)
    {
        _repeatable = null;
        _isHome = false;
        if (control != '\n') _screen.WrapRow();
        switch (control)
        {
            case (byte)'\n': _screen.LineFeed(carriageReturn: true); break;
            case (byte)'\r': _screen.CarriageReturn(); break;
            case (byte)'\b': _screen.Backspace(); break;
            case (byte)'\t': _screen.WriteTab(); break;
            case (byte)'\v' or (byte)'\f': _screen.LineFeed(carriageReturn: false); break;
            case 0x0E or 0x0F: _sets.Shift(shiftOut: control == 0x0E); break;
        }
    }

    void ITerminalActions.EscapeSequence(byte intermediate, byte final)
    {
        _repeatable = null;
        _isHome = false;
        _screen.WrapRow();
        if (intermediate != 0)
        {
            _sets.Select(intermediate, final);
            return;
        }

        switch (final)
        {
            case (byte)'7': SaveCursor(); break;
            case (byte)'8': RestoreCursor(); break;
            case (byte)'D': _screen.LineFeed(carriageReturn: false); break;
            case (byte)'E': _screen.LineFeed(carriageReturn: true); break;
            case (byte)'H': _screen.SetTab(); break;
            case (byte)'M': _screen.ReverseIndex(); break;
            case (byte)'c': Reset(); break;
            case (byte)'=' or (byte)'>': _otherModes[66] = final == '='; break; // DECKPAM and DECKPNM: the same as mode 66
        }
    }

    void ITerminalActions.OperatingSystemCommand(ReadOnlySpan<byte> payload, bool endedByBell)
    {
        _repeatable = null;
        _answers.Color(payload, endedByBell);
        // "8;parameters;target": the target may hold semicolons, the parameters ("id=…") group links and mean nothing here.
        if (!payload.StartsWith("8;"u8)) return;
        var rest = payload[2..];
        if (rest.IndexOf((byte)';') is >= 0 and var end)
            _style = _style with { Link = Hyperlink.Accept(Encoding.UTF8.GetString(rest[(end + 1)..])) };
    }

    void ITerminalActions.ControlSequence(in ControlSequence sequence)
    {
        var (repeatable, isHome) = (_repeatable, _isHome);
        _repeatable = null;
        if (sequence.IsStandard && sequence.Final == 'm')
        {
            _style = GraphicRendition.Apply(_style, sequence.Parameters);
            return;
        }

        _isHome = false;
        _screen.WrapRow();
        if (sequence.IsPrivateMode) SetPrivateModes(sequence.Parameters, sequence.Final == 'h');
        else if (sequence.IsSoftReset) SoftReset();
        else if (sequence.IsErasure) Erase(sequence.Final, sequence.Parameters[0].OrZero, isHome);
        else if (!Answer(sequence) && sequence.IsStandard) Act(sequence.Final, sequence.Parameters, repeatable);
    }

    // Answers a query of the terminal. Returns false for a sequence that is no query.
    private bool Answer(in ControlSequence sequence)
    {
        var what = sequence.Parameters[0].OrZero;
        switch (sequence.Final)
        {
            case 'n' when sequence.IsStandard || sequence.Has('?', '\0'):
                var (row, column) = _screen.Position;
                _answers.Status(what, sequence.IsPrivate, (_screen.IsRelative ? row - _screen.Region.Top : row, column));
                return true;
            case 'c' when what == 0 && sequence.IsStandard:
                _answers.PrimaryAttributes();
                return true;
            case 'c' when what == 0 && sequence.Has('>', '\0'):
                _answers.SecondaryAttributes();
                return true;
            case 'q' when what == 0 && sequence.Has('>', '\0'):
                _answers.Version();
                return true;
            case 'p' when sequence.Has('?', '$') || sequence.Has('\0', '$'):
                _answers.Mode(what, sequence.IsPrivate, sequence.IsPrivate ? PrivateMode(what) : what == 4 ? _screen.Inserts : null);
                return true;
            case 't' when sequence.IsStandard:
                _answers.Size(what, _screen.Size);
                return true;
            default:
                return false;
        }
    }

    private bool? PrivateMode(int mode) => mode switch
    {
        6 => _screen.IsRelative,
        7 => _screen.Wraps,
        47 or 1047 or 1049 => IsAlternateScreen,
        _ when _otherModes.TryGetValue(mode, out var on) => on,
        25 => true,
        1 or 12 or 66 or 1000 or 1002 or 1003 or 1004 or 1006 or 1048 or 2004 => false,
        _ => null,
    };

    private void Act(char final, ReadOnlySpan<SequenceParameter> parameters, Rune? repeatable)
    {
        var first = parameters[0].OrZero;
        var second = parameters.Length > 1 ? parameters[1].OrZero : 0;
        var count = Math.Max(1, first);
        switch (final)
        {
            case 'A': _screen.Up(count); break;
            case 'B': _screen.Down(count); break;
            case 'C' or 'a': _screen.Right(count); break;
            case 'D': _screen.Right(-count); break;
            case 'E': _screen.Down(count); _screen.CarriageReturn(); break;
            case 'F': _screen.Up(count); _screen.CarriageReturn(); break;
            case 'G' or '`': _screen.MoveToColumn(count - 1); break;
            case 'H' or 'f':
                _screen.MoveToRow(count - 1);
                _screen.MoveToColumn(Math.Max(1, second) - 1);
                _isHome = _screen.Position is (0, 0);
                break;
            case 'I': _screen.Tab(count); break;
            case 'L': _screen.InsertLines(count); break;
            case 'M': _screen.DeleteLines(count); break;
            case 'P': _screen.DeleteCharacters(count, ErasedStyle); break;
            case 'S': _screen.ScrollUp(count); break;
            case 'T' when parameters.Length == 1: _screen.ScrollDown(count); break;
            case 'X': _screen.EraseCharacters(count, ErasedStyle); break;
            case 'Z': _screen.BackTab(count); break;
            case '@': _screen.InsertCharacters(count, ErasedStyle); break;
            case 'b': Repeat(repeatable, count); break;
            case 'd': _screen.MoveToRow(count - 1); break;
            case 'e': _screen.DownOnScreen(count); break;
            case 'g' when first is 0 or 3: _screen.ClearTab(all: first == 3); break;
            case 'h' or 'l': SetModes(parameters, final == 'h'); break;
            case 'r': _screen.SetRegion(count - 1, (second == 0 ? int.MaxValue : second) - 1); break;
            case 's': SaveCursor(); break;
            case 'u': RestoreCursor(); break;
        }
    }

    // A program that clears the screen starts a new page, so the log keeps the old contents. One that erases below the cursor redraws the
    // same page, unless it moved to the first cell for it.
    private void Erase(char final, int mode, bool isHome)
    {
        if (final == 'K')
        {
            if (mode == 0) _screen.EraseToEnd();
            else if (mode == 1) _screen.EraseToStart(ErasedStyle);
            else if (mode == 2) _screen.EraseRow();
        }
        else if (mode is 2 or 3 || mode == 0 && isHome)
        {
            _screen.Clear();
        }
        else if (mode == 0)
        {
            _screen.EraseBelow();
        }
        else if (mode == 1)
        {
            _screen.EraseAbove(ErasedStyle);
        }
    }

    // At most a window's width: three bytes must not become megabytes.
    private void Repeat(Rune? rune, int count)
    {
        if (rune is not { } repeated) return;
        var one = repeated.ToString();
        _screen.Write(string.Concat(Enumerable.Repeat(one, Math.Min(count, _screen.Size.Columns))), _style);
    }

    private ReadOnlySpan<char> Drawn(ReadOnlySpan<char> text)
    {
        if (_drawn.Length < text.Length) _drawn = new char[text.Length];
        LineDrawing.Map(text, _drawn);
        return _drawn.AsSpan(0, text.Length);
    }

    private void SaveCursor()
    {
        var (row, column) = _screen.Position;
        _saved[_screen] = new SavedCursor(row, column, _style with { Link = null }, _sets);
    }

    private void RestoreCursor()
    {
        var saved = _saved.GetValueOrDefault(_screen);
        _screen.MoveTo(saved.Row, saved.Column);
        _style = saved.Style with { Link = _style.Link };
        _sets = saved.Sets;
    }

    private void SetModes(ReadOnlySpan<SequenceParameter> modes, bool on)
    {
        foreach (var mode in modes)
            if (mode.Value == 4) _main.Inserts = _alternate.Inserts = on;
    }

    private void SetPrivateModes(ReadOnlySpan<SequenceParameter> modes, bool on)
    {
        foreach (var mode in modes)
        {
            switch (mode.Value)
            {
                case 6:
                    _main.IsRelative = _alternate.IsRelative = on;
                    _screen.MoveHome();
                    break;
                case 7:
                    _main.Wraps = _alternate.Wraps = on;
                    break;
                case 1048 when on:
                    SaveCursor();
                    break;
                case 1048:
                    RestoreCursor();
                    break;
                case 47 or 1047 or 1049:
                    if (mode.Value == 1049 && on) SaveCursor();
                    if (on != IsAlternateScreen) SwitchScreen(on);
                    if (mode.Value == 1049 && !on) RestoreCursor();
                    break;
                case 1 or 12 or 25 or 66 or 1000 or 1002 or 1003 or 1004 or 1006 or 2004:
                    _otherModes[mode.Value] = on; // they affect only the keyboard or the cursor's look
                    break;
            }
        }
    }

    // The alternate screen has no history: on a terminal its contents are also lost when the program ends.
    private void SwitchScreen(bool alternate)
    {
        var before = _screen;
        if (alternate)
        {
            _before = _screen.Position;
            _main.Report();
            Log.Append(Marker(LineAssembler.FullScreenMarker));
            _alternate.Reset();
        }

        _screen = alternate ? _alternate : _main;
        if (!alternate) Log.PageTop = Math.Max(Log.PageTop, before.Position.Row);
        _screen.MoveTo(before);
    }

    private void Reset()
    {
        SoftReset();
        if (IsAlternateScreen) SwitchScreen(alternate: false);
        _style = TextStyle.Default;
        _main.Reset();
        _main.MoveTo(0, 0);
    }

    private void SoftReset()
    {
        _style = TextStyle.Default with { Link = _style.Link };
        _sets = default;
        _saved.Clear();
        ResetModes();
    }

    private void ResetModes()
    {
        _otherModes.Clear();
        _screen.ResetRegion();
        foreach (var screen in (Screen[])[_main, _alternate]) (screen.Wraps, screen.Inserts, screen.IsRelative) = (true, false, false);
    }

    private static StyledLine Marker(string text) => new(text, [new StyleRun(0, text.Length, MarkerStyle)]);
}
