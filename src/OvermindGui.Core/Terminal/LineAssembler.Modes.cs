namespace OvermindGui.Core.Terminal;

public sealed partial class LineAssembler
{
    private const byte LineDrawingSet = (byte)'0';

    /// <summary>Stands in the log where a program began to draw on the alternate screen.</summary>
    public const string FullScreenMarker = "[a full-screen program is running; what it draws is not kept]";

    private readonly bool[] _lineDrawing = new bool[2]; // G0, G1
    private char[] _drawn = [];
    private bool _shiftedOut;
    private bool _alternateScreen;
    private (int Row, int Column, TextStyle Style) _savedCursor;
    private TextStyle _styleBefore;

    private bool IsLineDrawing => _lineDrawing[_shiftedOut ? 1 : 0];

    private ReadOnlySpan<char> Drawn(ReadOnlySpan<char> text)
    {
        if (_drawn.Length < text.Length) _drawn = new char[text.Length];
        LineDrawing.Map(text, _drawn);
        return _drawn.AsSpan(0, text.Length);
    }

    private void SelectCharacterSet(int index, byte set) => _lineDrawing[index] = set == LineDrawingSet;

    private void SaveCursor()
    {
        var (row, column) = _window.Position;
        _savedCursor = (row, column, _style with { Link = null });
    }

    private void RestoreCursor()
    {
        _window.MoveToRow(_savedCursor.Row);
        _window.MoveToColumn(_savedCursor.Column);
        _style = _savedCursor.Style with { Link = _style.Link };
    }

    private void SetModes(ReadOnlySpan<SequenceParameter> modes, bool on)
    {
        foreach (var mode in modes)
            if (mode.Value is 47 or 1047 or 1049 && on != _alternateScreen) SwitchScreen(on);
    }

    // The other screen has no history: what is drawn there is lost on a terminal too, when the program ends.
    private void SwitchScreen(bool alternate)
    {
        _alternateScreen = alternate;
        if (alternate)
        {
            _styleBefore = _style;
            _window.Begin();
            _window.Write(FullScreenMarker, new TextStyle(TextAttributes.Faint | TextAttributes.Italic, default, default));
            _window.Begin();
        }
        else
        {
            _style = _styleBefore;
        }
    }

    private void ResetTerminal()
    {
        ResetState();
        _style = TextStyle.Default;
        _alternateScreen = false;
        _window.Begin();
    }

    private void ResetState()
    {
        _style = TextStyle.Default with { Link = _style.Link };
        _lineDrawing.AsSpan().Clear();
        _shiftedOut = false;
        _savedCursor = default;
    }
}
