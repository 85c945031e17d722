using OvermindGui.Core.Output;

namespace OvermindGui.Output;

/// <summary>The form in which lines are printed.</summary>
internal interface ILinePrinter
{
    void Print(FollowedLine line);

    /// <summary>Marks that lines are left out between two groups of matches with their context.</summary>
    void PrintGap();
}
