using System.Buffers;

namespace OvermindGui.Core.Terminal;

/// <summary>
/// Turns one output stream into lines: feed it bytes, and it reports new lines and lines that the program changed later. Style, link and
/// character set carry over from line to line. One instance per stream and run of a process; not thread-safe.
/// </summary>
public sealed class LineAssembler
{
    /// <summary>Maximum line length in cells. Longer lines are split, so that no process can exhaust memory.</summary>
    public const int MaxLineLength = 64 * 1024;

    /// <summary>How many of the newest lines may normally still change; <see cref="LiveLinesBelow"/> covers the exceptions.</summary>
    public const int LiveLines = 100;

    /// <summary>Log entry for a program that switched to the alternate screen.</summary>
    public const string FullScreenMarker = "[a full-screen program is running; what it draws is not kept]";

    /// <summary>Heading above the last screen of a program that ended on the alternate screen.</summary>
    public const string LastScreenMarker = "[the full-screen program ended; its last screen:]";

    private readonly TerminalParser _parser;
    private readonly TerminalEmulator _terminal;

    /// <param name="size">The window size reported to the program.</param>
    /// <param name="receiver">Called from within the methods of this instance.</param>
    /// <param name="answers">Also called from there, when the program queries its terminal; null when there is no terminal.</param>
    /// <param name="colors">Answered to programs that ask for them; null for the dark ones.</param>
    public LineAssembler(TerminalSize size, LineReceiver receiver, AnswerReceiver? answers = null, TerminalColors? colors = null)
    {
        _terminal = new TerminalEmulator(size, receiver, answers, colors ?? TerminalColors.Dark);
        _parser = new TerminalParser(_terminal);
    }

    /// <summary>True when <see cref="Flush"/> would report something: an unfinished line, or a changed one.</summary>
    public bool HasChanges => _terminal.HasChanges;

    /// <summary>Number of the newest line, which is unfinished; all lines before it are finished.</summary>
    public long NewestLine => _terminal.NewestLine;

    /// <summary>Numbers below this one of lines that are on the screen, and so may still change.</summary>
    public IReadOnlyList<long> LiveLinesBelow(long number) => _terminal.LiveLinesBelow(number);

    /// <summary>The current rows of the active screen.</summary>
    public IReadOnlyList<StyledLine> Screen => _terminal.ScreenLines;

    /// <summary>The cursor's position on the screen, from 0.</summary>
    public (int Row, int Column) Cursor => _terminal.Cursor;

    /// <summary>Text of the row in which the cursor is.</summary>
    public string CursorLine => Screen.ElementAtOrDefault(Cursor.Row).Text ?? "";

    /// <summary>True while a program draws on the alternate screen, which is not logged.</summary>
    public bool IsAlternateScreen => _terminal.IsAlternateScreen;

    public void Feed(ReadOnlySpan<byte> bytes) => _parser.Feed(bytes);

    /// <summary>Copies what comes for viewers, without what only this terminal may act on; null ends that.</summary>
    public void MirrorTo(IBufferWriter<byte>? copy) => _parser.RedirectTo(copy is null ? _terminal : new OutputMirror(_terminal, copy));

    /// <summary>The sequences that make another terminal show what this one shows.</summary>
    public string Paint() => ScreenPainter.Paint(_terminal.Picture);

    /// <summary>The window has another size from now on. Rows that no longer fit stay in the log.</summary>
    public void Resize(TerminalSize size) => _terminal.Resize(size);

    /// <summary>Reports the unfinished line and all changed lines in their current form.</summary>
    public void Flush() => _terminal.Report();

    /// <summary>Call this when the program on the alternate screen has ended: further output goes to the log again.</summary>
    public void LeaveAlternateScreen() => _terminal.LeaveAlternateScreen();

    /// <summary>Call this at the end of the stream: it also reports a last line without newline.</summary>
    public void Complete()
    {
        _parser.Complete();
        _terminal.Complete();
    }
}
