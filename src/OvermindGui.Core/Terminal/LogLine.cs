using System.Runtime.InteropServices;

namespace OvermindGui.Core.Terminal;

/// <summary>A line of the log that still has rows on the screen, so the program may change it. A wide line has several rows.</summary>
internal sealed class LogLine
{
    /// <summary>The number of a line that has not been reported yet.</summary>
    public const long Unreported = -1;

    private List<RowText>? _head;

    /// <summary>The receiver's number for it.</summary>
    public long Number { get; set; } = Unreported;

    /// <summary>True when the line has been reported.</summary>
    public bool IsReported => Number >= 0;

    /// <summary>Number of its rows on the screen.</summary>
    public int Rows { get; set; } = 1;

    /// <summary>True when the current text has not been reported.</summary>
    public bool IsChanged { get; set; }

    /// <summary>True when a newline ended it, so that it counts even if it is empty.</summary>
    public bool IsEnded { get; set; }

    /// <summary>The rows that scrolled off the screen before the others.</summary>
    public ReadOnlySpan<RowText> Head => CollectionsMarshal.AsSpan(_head);

    /// <summary>True when rows scrolled off the screen before the others.</summary>
    public bool HasHead => _head is { Count: > 0 };

    /// <summary>Length of <see cref="Head"/>.</summary>
    public int HeadLength { get; private set; }

    /// <summary>Length, or an upper bound of it, of all rows except the last.</summary>
    public int FilledLength { get; set; }

    /// <summary>Resets the object for another line.</summary>
    public LogLine Reset()
    {
        (Number, Rows, IsChanged, IsEnded) = (Unreported, 1, false, false);
        ClearHead();
        return this;
    }

    /// <summary>Its first row on the screen scrolls off.</summary>
    public void AddToHead(in RowText text, int length)
    {
        Rows--;
        HeadLength += length;
        _head ??= [];
        if (_head.Count > 0 && _head[^1].IsContinuedBy(text)) _head[^1] = _head[^1] with { Length = _head[^1].Length + text.Length };
        else _head.Add(text);
    }

    /// <summary>The line begins with its first row on the screen.</summary>
    public void ClearHead()
    {
        _head?.Clear();
        (HeadLength, FilledLength) = (0, 0);
    }
}
