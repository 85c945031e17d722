namespace OvermindGui.Web.Live;

/// <summary>How long to gather lines before the next look: a frame when it is quiet, longer under load, where fewer renders do more.</summary>
internal sealed class TickPace
{
    // A tick of a frame carries as many at 12,000 lines a second.
    private const int Busy = 200;
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(16);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    public TimeSpan Next { get; private set; } = Shortest;

    public void Saw(int lines)
    {
        var next = lines >= Busy ? Next * 1.5 : Next / 1.5;
        Next = next < Shortest ? Shortest : next > Longest ? Longest : next;
    }
}
