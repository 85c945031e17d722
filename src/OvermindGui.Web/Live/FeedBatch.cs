namespace OvermindGui.Web.Live;

/// <summary>What has changed since the reader's last batch.</summary>
/// <param name="Lines">New lines in id order, in their current form.</param>
/// <param name="Amended">Earlier lines that changed, each once, in their current form. The reader may not hold all of them.</param>
public sealed record FeedBatch(IReadOnlyList<RenderedLine> Lines, IReadOnlyList<RenderedLine> Amended)
{
    public bool IsEmpty => Lines.Count == 0 && Amended.Count == 0;
}
