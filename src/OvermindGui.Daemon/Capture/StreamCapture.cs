using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Capture;

/// <summary>
/// Captures one stream of one run: takes bytes and queues lines. It does not read the bytes itself; the reader asks
/// <see cref="FlushDue"/> how long it may wait for more. Not thread-safe.
/// </summary>
internal sealed class StreamCapture
{
    // Most lines are written at once; one that waits for its end this long is worth showing as it is.
    private static readonly TimeSpan PartialDelay = TimeSpan.FromMilliseconds(30);

    // A line that keeps changing is stored at most ten times a second.
    private static readonly TimeSpan AmendInterval = TimeSpan.FromMilliseconds(100);

    private readonly RunIdentity _run;
    private readonly LineSource _source;
    private readonly WriteQueue _queue;
    private readonly TimeProvider _time;
    private readonly LineAssembler _assembler;
    private readonly StreamFailureDetector? _failures;
    private readonly FullScreenProgram? _program;
    private readonly InputDetector? _input;
    private readonly LineRecognizer _recognizer = new(remembered: LineAssembler.LiveLines);
    private readonly LineIds _ids = new();
    private readonly List<StyledLine> _lines = [];
    private readonly List<AmendedLine> _amended = [];
    private long _firstNumber; // of _lines
    private long _lastFlush;
    private long? _flushAt;

    /// <param name="failures">Checks each finished line for failures; null for no checks.</param>
    /// <param name="answers">Receives what the terminal replies to its program; null for pipes, which send no replies.</param>
    /// <param name="program">Identifies the program that draws on the alternate screen; null for pipes.</param>
    /// <param name="input">Detects that the program waits for input; null for pipes.</param>
    /// <param name="colors">Answered to a program that asks for them; null for the dark ones.</param>
    public StreamCapture(
        RunIdentity run, LineSource source, TerminalSize size, WriteQueue queue, TimeProvider time, StreamFailureDetector? failures = null,
        AnswerReceiver? answers = null, FullScreenProgram? program = null, InputDetector? input = null, TerminalColors? colors = null)
    {
        (_run, _source, _queue, _time, _failures, _program, _input) = (run, source, queue, time, failures, program, input);
        _assembler = new LineAssembler(size, Receive, answers, colors);
        Viewers = new TerminalViewers(_assembler, RecordViewers);
    }

    /// <summary>Those who look at this stream as a terminal. As everything here, for the thread that reads.</summary>
    public TerminalViewers Viewers { get; }

    /// <summary>When <see cref="FlushAsync"/> is to be called if no bytes come before; infinite while nothing waits.</summary>
    public TimeSpan FlushDue => Until(_flushAt is { } flush && _input?.CheckAt is { } check ? Math.Min(flush, check) : _flushAt ?? _input?.CheckAt);

    /// <summary>True while the program waits for input. Any thread may ask.</summary>
    public bool IsWaitingForInput => _input is { IsWaiting: true };

    /// <summary>Reads the next bytes; waits while too much is not stored yet.</summary>
    public ValueTask FeedAsync(ReadOnlySpan<byte> bytes)
    {
        // What comes when the program has ended is another's, unless it is how that one left the screen.
        if (_program is { HasEnded: true } && !LeavesAlternateScreen(bytes)) _assembler.LeaveAlternateScreen();
        _assembler.Feed(bytes);
        Viewers.Deliver();
        _program?.Follow(_assembler.IsAlternateScreen);
        FollowInput();
        if (!_assembler.HasChanges) _flushAt = null;
        else if (_flushAt is null) _flushAt = NextFlush();
        else if (Until(_flushAt) == TimeSpan.Zero) return FlushAsync();
        return StoreAsync();
    }

    /// <summary>The window has another size from now on. Rows that no longer fit are lines that are stored with the next ones.</summary>
    public void Resize(TerminalSize size)
    {
        _assembler.Resize(size);
        _flushAt ??= NextFlush();
        Viewers.Repaint(size);
    }

    /// <summary>Something was typed: the program does not wait for it any more, or for more of it.</summary>
    public void FollowInput() => _input?.Follow(isUnfinished: !_assembler.IsAlternateScreen && _assembler.Cursor.Column > 0);

    /// <summary>Stores what has changed in lines that may change again, and looks whether the program waits for input when that is due.</summary>
    public ValueTask FlushAsync()
    {
        (_flushAt, _lastFlush) = (null, _time.GetTimestamp());
        _assembler.Flush();
        var storing = StoreAsync();
        if (_input is { CheckAt: { } at } && Until(at) == TimeSpan.Zero) _input.Check(_assembler.CursorLine); // behind the line
        return storing;
    }

    /// <summary>The stream has ended.</summary>
    public ValueTask CompleteAsync()
    {
        _flushAt = null;
        _assembler.Complete();
        _input?.Follow(isUnfinished: false);
        Viewers.End();
        return StoreAsync(ended: true);
    }

    private static bool LeavesAlternateScreen(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf("\e[?1049l"u8) >= 0 || bytes.IndexOf("\e[?1047l"u8) >= 0 || bytes.IndexOf("\e[?47l"u8) >= 0 || bytes.IndexOf("\ec"u8) >= 0;

    private TimeSpan Until(long? at) => at is not { } moment ? Timeout.InfiniteTimeSpan
        : _time.GetElapsedTime(_time.GetTimestamp(), moment) is var due && due > TimeSpan.Zero ? due : TimeSpan.Zero;

    private long NextFlush()
    {
        var now = _time.GetTimestamp();
        var sinceLast = _lastFlush == 0 ? AmendInterval : _time.GetElapsedTime(_lastFlush, now);
        var delay = AmendInterval - sinceLast;
        return now + (long)((delay > PartialDelay ? delay : PartialDelay).TotalSeconds * _time.TimestampFrequency);
    }

    // A line that changes twice before it is stored is stored once.
    private void Receive(long number, in StyledLine line)
    {
        if (number == _firstNumber + _lines.Count) _lines.Add(line);
        else if (number >= _firstNumber) _lines[(int)(number - _firstNumber)] = line;
        else Amend(new AmendedLine(number, line));
    }

    private void Amend(AmendedLine line)
    {
        var known = _amended.FindIndex(a => a.Number == line.Number);
        if (known < 0) _amended.Add(line);
        else _amended[known] = line;
    }

    private void RecordViewers(IReadOnlyList<string> names) => _queue.Enqueue(
        new RowChange("UPDATE process_status SET attached = $2 WHERE run_id = $1", _run.RunId, names.Count > 0 ? string.Join('\n', names) : null)
        {
            About = $"who is attached to {_run.ProcessId}",
        });

    private ValueTask StoreAsync(bool ended = false)
    {
        _failures?.Look(_firstNumber, _lines, _amended, unfinished: ended ? long.MaxValue : _assembler.NewestLine);
        var storing = EnqueueAsync();
        _failures?.ReportFound(); // what comes of it stands behind the line
        return storing;
    }

    private ValueTask EnqueueAsync()
    {
        if (_lines.Count == 0 && _amended.Count == 0) return ValueTask.CompletedTask;
        // Earlier lines first: what they are decides what those behind them belong to.
        _amended.Sort((one, other) => one.Number.CompareTo(other.Number));
        AmendedLine[] amended = [.. _amended.Select(line => line with { Traits = _recognizer.Recognize(line.Number, line.Content.Text) })];
        var traits = new LineTraits[_lines.Count];
        for (var i = 0; i < traits.Length; i++) traits[i] = _recognizer.Recognize(_firstNumber + i, _lines[i].Text);
        var batch = new LineBatch(_run.ProcessId, _run.RunId, _source, _time.Milliseconds(), [.. _lines])
        {
            Traits = traits,
            Live = new LiveLines(_ids, _firstNumber, amended)
            {
                Held = _assembler.LiveLinesBelow(_firstNumber + _lines.Count - LineAssembler.LiveLines),
            },
        };
        _firstNumber += _lines.Count;
        _lines.Clear();
        _amended.Clear();
        return new ValueTask(_queue.EnqueueCapturedAsync(batch));
    }
}
