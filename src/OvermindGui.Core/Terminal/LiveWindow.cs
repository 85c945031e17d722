namespace OvermindGui.Core.Terminal;

/// <summary>Receives a line. A number higher than all before is a new line; any other is that line as it is now.</summary>
public delegate void LineReceiver(long number, in StyledLine line);

/// <summary>
/// The newest lines of a stream, which a program may still go back to, and the cursor in them. Lines are numbered from 0. A line is
/// told to the receiver when the next one begins; what changes later, and a line that is still being written, is told by
/// <see cref="Flush"/>, so that whoever calls it sets the pace.
/// </summary>
internal sealed partial class LiveWindow
{
    // The window's lines may be long and gaudy: what it keeps is bounded in characters and runs, too.
    private const int MaxWeight = 256 * 1024;
    private const int RunWeight = 16;
    private const int Slots = 128;

    private readonly TerminalSize _size;
    private readonly LineReceiver _receiver;
    private readonly LiveLine[] _lines = new LiveLine[Slots];
    private readonly LineCells _cells = new();
    private long _first; // oldest line that may change
    private long _last; // newest line; the only one that may be untold
    private long _row; // the cursor's; beyond _last until something is written there
    private int _column;
    private int _weight;
    private int _changes; // lines that differ from what was told, without the one in _cells
    private bool _touched; // the cells differ from what was told

    private struct LiveLine
    {
        public StyledLine Content;
        public bool Told;
        public bool Changed;
    }

    public LiveWindow(TerminalSize size, LineReceiver receiver)
    {
        (_size, _receiver) = (size, receiver);
        this[0].Content = StyledLine.Plain("");
    }

    /// <summary>True when <see cref="Flush"/> would tell something.</summary>
    public bool HasChanges => _touched || _changes > 0;

    private ref LiveLine this[long number] => ref _lines[number & (Slots - 1)];

    public long NewestLine => _last;

    // What a program that addresses rows takes for the first one.
    private long Top => Math.Max(_first, _last - _size.Rows + 1);

    public void Write(ReadOnlySpan<char> text, in TextStyle style)
    {
        EnterRow();
        var writer = new CellWriter(text);
        while (true)
        {
            _touched = true;
            _column = writer.Write(_cells, _column, LineAssembler.MaxLineLength, style);
            if (writer.IsDone) return;
            EndRow();
        }
    }

    /// <summary>At the end of a line, a tab belongs to it as printed; within one it only moves the cursor.</summary>
    public void WriteTab()
    {
        if (_column != _cells.Length)
        {
            Tab(1);
            return;
        }

        EnterRow();
        if (_column >= LineAssembler.MaxLineLength) EndRow();
        _touched = true;
        _column = _cells.PutTab();
    }

    /// <summary>Goes to the start of the next line, which is a new one behind the newest.</summary>
    public void LineFeed()
    {
        if (_row < _last) MoveTo(_row + 1, 0);
        else EndRow();
    }

    /// <summary>Tells every change.</summary>
    public void Flush()
    {
        KeepRow();
        for (var number = _first; _changes > 0 && number <= _last; number++) Tell(number);
    }

    /// <summary>What comes is a new page: nothing before it changes any more.</summary>
    public void Begin()
    {
        Flush();
        if (this[_last].Told) Append();
        EnterLast();
        while (_first < _last) Forget();
    }

    private void EndRow()
    {
        EnterRow();
        if (_row < _last)
        {
            // A line in the window that became too long: what does not fit begins the one below.
            MoveTo(_row + 1, 0);
            return;
        }

        ref var line = ref this[_last];
        if (_touched || !line.Told)
        {
            SetContent(ref line, _cells.ToLine());
            line.Told = true;
            _receiver(_last, line.Content);
            if (line.Changed) (line.Changed, _changes) = (false, _changes - 1);
            _touched = false;
        }

        Append();
        EnterLast();
    }

    private void EnterLast()
    {
        (_row, _column) = (_last, 0);
        _cells.Clear();
    }

    // Puts an empty line behind the newest one.
    private void Append()
    {
        _last++;
        this[_last] = default;
        this[_last].Content = StyledLine.Plain("");
        if (_last - _first >= LineAssembler.LiveLines) Forget();
        while (_weight > MaxWeight && _first < _last - 1) Forget();
    }

    private void Forget()
    {
        if (_row == _first) KeepRow();
        Tell(_first);
        ref var line = ref this[_first];
        _weight -= Weight(line.Content);
        line = default;
        _first++;
    }

    private void Tell(long number)
    {
        ref var line = ref this[number];
        if (!line.Changed) return;
        (line.Changed, line.Told) = (false, true);
        _changes--;
        _receiver(number, line.Content);
    }

    private void SetContent(ref LiveLine line, in StyledLine content)
    {
        _weight += Weight(content) - Weight(line.Content);
        line.Content = content;
    }

    private static int Weight(in StyledLine line) => line.Text is null ? 0 : line.Text.Length + line.Runs.Length * RunWeight;
}
