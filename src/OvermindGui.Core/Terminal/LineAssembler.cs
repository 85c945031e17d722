using System.Text;

namespace OvermindGui.Core.Terminal;

/// <summary>
/// Turns one output stream into lines: feed bytes, receive lines, and receive again those that a program went back to. Style, link and
/// character set carry over from line to line. One instance per stream and run of a process; not thread-safe. What bytes mean follows
/// xterm.js, except that lines are not wrapped and clearing the screen deletes nothing.
/// </summary>
public sealed partial class LineAssembler : ITerminalActions
{
    /// <summary>Longer lines are cut into several, so that no child can grow memory (cells).</summary>
    public const int MaxLineLength = 64 * 1024;

    /// <summary>How many of the newest lines may still change.</summary>
    public const int LiveLines = 100;

    private readonly TerminalParser _parser;
    private readonly LiveWindow _window;
    private readonly TerminalSize _size;
    private TextStyle _style;
    private Rune? _repeatable;

    /// <param name="size">What the program was told its window is.</param>
    /// <param name="receiver">Called from within the methods of this instance.</param>
    public LineAssembler(TerminalSize size, LineReceiver receiver)
    {
        _size = size;
        _window = new LiveWindow(size, receiver);
        _parser = new TerminalParser(this);
    }

    /// <summary>True when <see cref="Flush"/> would tell something: a line that is being written, or one that was changed.</summary>
    public bool HasChanges => _window.HasChanges;

    /// <summary>Number of the newest line, which is still being written; all before it had their end.</summary>
    public long NewestLine => _window.NewestLine;

    public void Feed(ReadOnlySpan<byte> bytes) => _parser.Feed(bytes);

    /// <summary>Tells the line that is being written, and those that changed, as they are now.</summary>
    public void Flush() => _window.Flush();

    /// <summary>The stream has ended: a last line without newline is told too.</summary>
    public void Complete()
    {
        _parser.Complete();
        _window.Flush();
    }

    void ITerminalActions.Print(ReadOnlySpan<char> text)
    {
        if (_alternateScreen) return;
        if (IsLineDrawing) text = Drawn(text);
        _window.Write(text, _style);
        Rune.DecodeLastFromUtf16(text, out var last, out _);
        _repeatable = last;
    }

    void ITerminalActions.Execute(byte control)
    {
        _repeatable = null;
        switch (control)
        {
            case 0x0E or 0x0F: // SO, SI
                _shiftedOut = control == 0x0E;
                break;
            case var _ when _alternateScreen:
                break;
            case (byte)'\n':
                _window.LineFeed();
                break;
            case (byte)'\r':
                _window.CarriageReturn();
                break;
            case (byte)'\b':
                _window.Backspace();
                break;
            case (byte)'\t':
                _window.WriteTab();
                break;
        }
    }

    void ITerminalActions.OperatingSystemCommand(ReadOnlySpan<byte> payload)
    {
        _repeatable = null;
        // "8;parameters;target": the target may hold semicolons, the parameters ("id=…") group links and mean nothing here.
        if (!payload.StartsWith("8;"u8)) return;
        var rest = payload[2..];
        if (rest.IndexOf((byte)';') is >= 0 and var end)
            _style = _style with { Link = Hyperlink.Accept(Encoding.UTF8.GetString(rest[(end + 1)..])) };
    }
}
