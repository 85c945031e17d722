namespace OvermindGui.Core.Terminal;

/// <summary>
/// Turns one output stream into lines: feed bytes, receive lines, and receive again those that a program went back to. Style, link and
/// character set carry over from line to line. One instance per stream and run of a process; not thread-safe.
/// </summary>
public sealed class LineAssembler
{
    /// <summary>Longer lines are cut into several, so that no child can grow memory (cells).</summary>
    public const int MaxLineLength = 64 * 1024;

    /// <summary>How many of the newest lines may still change, as a rule; <see cref="LiveLinesBelow"/> are the exceptions.</summary>
    public const int LiveLines = 100;

    /// <summary>Stands in the log where a program began to draw on the alternate screen.</summary>
    public const string FullScreenMarker = "[a full-screen program is running; what it draws is not kept]";

    /// <summary>Stands above what a program that ended without leaving the alternate screen showed last.</summary>
    public const string LastScreenMarker = "[the full-screen program ended; its last screen:]";

    private readonly TerminalParser _parser;
    private readonly TerminalEmulator _terminal;

    /// <param name="size">What the program was told its window is.</param>
    /// <param name="receiver">Called from within the methods of this instance.</param>
    /// <param name="answers">Called from there too, when the program asks its terminal something; null where there is none.</param>
    public LineAssembler(TerminalSize size, LineReceiver receiver, AnswerReceiver? answers = null)
    {
        _terminal = new TerminalEmulator(size, receiver, answers);
        _parser = new TerminalParser(_terminal);
    }

    /// <summary>True when <see cref="Flush"/> would report something: a line that is being written, or one that was changed.</summary>
    public bool HasChanges => _terminal.HasChanges;

    /// <summary>Number of the newest line, which is still being written; all before it had their end.</summary>
    public long NewestLine => _terminal.NewestLine;

    /// <summary>Numbers below this one of lines that are on the screen, and so may still change.</summary>
    public IReadOnlyList<long> LiveLinesBelow(long number) => _terminal.LiveLinesBelow(number);

    /// <summary>The rows of the screen in use, as they are now.</summary>
    public IReadOnlyList<StyledLine> Screen => _terminal.ScreenLines;

    /// <summary>The cursor's place on the screen, from 0.</summary>
    public (int Row, int Column) Cursor => _terminal.Cursor;

    /// <summary>True while a program draws on the alternate screen, which is not logged.</summary>
    public bool IsAlternateScreen => _terminal.IsAlternateScreen;

    public void Feed(ReadOnlySpan<byte> bytes) => _parser.Feed(bytes);

    /// <summary>Reports the line that is being written, and those that changed, as they are now.</summary>
    public void Flush() => _terminal.Report();

    /// <summary>The program that drew on the alternate screen has ended: what follows is log again.</summary>
    public void LeaveAlternateScreen() => _terminal.LeaveAlternateScreen();

    /// <summary>The stream has ended: a last line without newline is reported too.</summary>
    public void Complete()
    {
        _parser.Complete();
        _terminal.Complete();
    }
}
