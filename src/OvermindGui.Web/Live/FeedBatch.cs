namespace OvermindGui.Web.Live;

/// <summary>What came since a reader looked last.</summary>
/// <param name="Lines">New lines in id order, as they are now.</param>
/// <param name="Amended">Lines of before as they are now, each once; the reader may have let go of some, or never have had them.</param>
public sealed record FeedBatch(IReadOnlyList<RenderedLine> Lines, IReadOnlyList<RenderedLine> Amended)
{
    public bool IsEmpty => Lines.Count == 0 && Amended.Count == 0;
}
