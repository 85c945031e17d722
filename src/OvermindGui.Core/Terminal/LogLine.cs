namespace OvermindGui.Core.Terminal;

/// <summary>A line of the log that still has rows on the screen, so that a program may change it. One that is too wide has several rows.</summary>
internal sealed class LogLine
{
    /// <summary>The number of a line that the receiver does not know yet.</summary>
    public const long Unreported = -1;

    /// <summary>The receiver's number for it.</summary>
    public long Number { get; set; } = Unreported;

    /// <summary>True when the receiver knows it.</summary>
    public bool IsReported => Number >= 0;

    /// <summary>How many rows of the screen it has.</summary>
    public int Rows { get; set; } = 1;

    /// <summary>True when the receiver does not know its present text.</summary>
    public bool IsChanged { get; set; }

    /// <summary>True when a newline ended it, so that it counts even if it is empty.</summary>
    public bool IsEnded { get; set; }

    /// <summary>The rows that scrolled off the screen before the others, if any.</summary>
    public List<StyledLine>? Head { get; set; }

    /// <summary>How long <see cref="Head"/> is.</summary>
    public int HeadLength { get; set; }

    /// <summary>How long all rows but the last are, or more.</summary>
    public int FilledLength { get; set; }

    /// <summary>Makes another line of it.</summary>
    public LogLine Reset()
    {
        (Number, Rows, IsChanged, IsEnded, Head, HeadLength, FilledLength) = (Unreported, 1, false, false, null, 0, 0);
        return this;
    }
}
