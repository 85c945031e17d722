namespace OvermindGui.Core.Terminal;

/// <summary>A line of the log that still has rows on the screen, so the program may change it. A wide line has several rows.</summary>
internal sealed class LogLine
{
    /// <summary>The number of a line that has not been reported yet.</summary>
    public const long Unreported = -1;

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

    /// <summary>The rows that scrolled off the screen before the others, if any.</summary>
    public List<StyledLine>? Head { get; set; }

    /// <summary>Length of <see cref="Head"/>.</summary>
    public int HeadLength { get; set; }

    /// <summary>Length, or an upper bound of it, of all rows except the last.</summary>
    public int FilledLength { get; set; }

    /// <summary>Resets the object for another line.</summary>
    public LogLine Reset()
    {
        (Number, Rows, IsChanged, IsEnded, Head, HeadLength, FilledLength) = (Unreported, 1, false, false, null, 0, 0);
        return this;
    }
}
