using OvermindGui.Core.Output;

namespace OvermindGui.Output;

/// <summary>The form in which lines are printed.</summary>
internal interface ILinePrinter
{
    void Print(FollowedLine line);
}
