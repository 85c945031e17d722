using OvermindGui.Core.Output;

namespace OvermindGui.Logs;

/// <summary>The form in which lines are printed.</summary>
internal interface ILinePrinter
{
    void Print(FollowedLine line);
}
