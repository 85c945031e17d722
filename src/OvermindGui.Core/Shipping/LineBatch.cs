using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Shipping;

/// <summary>What is new in a project's lines since a cursor.</summary>
/// <param name="New">New lines in id order, without those that were cleared for good.</param>
/// <param name="Amended">Lines up to the cursor that have changed, in their current form.</param>
/// <param name="LastId">The cursor behind this batch.</param>
/// <param name="LastTime">Time of the line with that id; null when it is gone.</param>
/// <param name="AmendmentId">The newest entry of the change log that this batch covers.</param>
/// <param name="Backlog">Number of lines that follow this batch, by their ids.</param>
public sealed record LineBatch(
    IReadOnlyList<Line> New, IReadOnlyList<Line> Amended, long LastId, long? LastTime, long AmendmentId, long Backlog)
{
    public bool IsEmpty => New.Count == 0 && Amended.Count == 0;
}
