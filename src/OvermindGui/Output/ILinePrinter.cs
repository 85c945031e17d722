using OvermindGui.Core.Output;

namespace OvermindGui.Output;

/// <summary>The format in which lines are printed.</summary>
internal interface ILinePrinter
{
    void Print(FollowedLine line);

    /// <summary>Marks omitted lines between two groups of matches with context.</summary>
    void PrintGap();
}
