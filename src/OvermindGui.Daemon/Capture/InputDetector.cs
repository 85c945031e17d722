using OvermindGui.Core.Contracts;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Capture;

/// <summary>
/// Detects that the program on a terminal waits for input, and records it: its last line has no end and has rested, and the foreground group
/// reads from the terminal, or waits in select, poll or epoll behind a text that ends like a prompt. It costs nothing while the last line is
/// complete. Only the thread that reads the terminal uses it, but for <see cref="IsWaiting"/>.
/// </summary>
internal sealed class InputDetector(RunIdentity run, ForegroundGroup foreground, WriteQueue queue, TimeProvider time)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    // A program may compute between its prompt and its read, or stop reading without a word: it is looked at less and less often.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private TimeSpan _pause;
    private InputWait? _recorded;
    private volatile bool _isWaiting;

    /// <summary>True while it waits.</summary>
    public bool IsWaiting => _isWaiting;

    /// <summary>When <see cref="Check"/> is to be called, on the clock's timestamps; null for never.</summary>
    public long? CheckAt { get; private set; }

    /// <summary>Something was printed or typed: it does not wait now.</summary>
    /// <param name="isUnfinished">The last line has no end.</param>
    public void Follow(bool isUnfinished)
    {
        Record(null);
        _pause = Rest;
        CheckAt = isUnfinished ? After(_pause) : null;
    }

    /// <summary>Looks whether it waits now.</summary>
    /// <param name="line">Text of the unfinished line.</param>
    public void Check(string line)
    {
        var text = line.AsSpan().TrimEnd();
        if (text.IsEmpty)
        {
            CheckAt = null;
            return;
        }

        var waits = TerminalWaits.Find(foreground) switch
        {
            TerminalWait.Read => true,
            TerminalWait.Poll => text[^1] is '?' or ':' or '>' or ']' or ')',
            _ => false,
        };
        Record(!waits ? null : foreground.HidesInput() ? InputWait.Password : InputWait.Text);
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        CheckAt = After(_pause);
    }

    private long After(TimeSpan pause) => time.GetTimestamp() + (long)(pause.TotalSeconds * time.TimestampFrequency);

    private void Record(InputWait? wait)
    {
        if (_recorded == wait) return;
        (_recorded, _isWaiting) = (wait, wait is not null);
        queue.Enqueue(new RowChange("UPDATE process_status SET waiting_for_input = $2 WHERE run_id = $1", run.RunId, wait?.ToText())
        {
            About = $"what {run.ProcessId} waits for",
        });
    }
}
