namespace OvermindGui.Web.Live;

/// <summary>
/// How long to gather lines before the next look, and how many to take of them. The first line after a pause waits for no tick at all;
/// under load a render costs the browser more than the lines in it, so that fewer and larger ones show them sooner.
/// </summary>
internal sealed class TickPace
{
    // Nobody reads a thousand lines a tick, and while it shows them the browser answers no click. A flood that goes on has gaps anyway.
    private const int LinesInFlood = 250;

    public TimeSpan Next { get; private set; } = TimeSpan.FromMilliseconds(16);

    /// <summary>The most lines to take at the next look.</summary>
    public int Lines { get; private set; } = OutputFeed.LinesPerTick;

    /// <param name="came">How many lines came since the look before, taken or not.</param>
    /// <param name="told">How many of them the last look told, new ones and changed ones.</param>
    public void Saw(long came, int told)
    {
        Lines = came > OutputFeed.LinesPerTick ? LinesInFlood : OutputFeed.LinesPerTick;
        Next = TimeSpan.FromMilliseconds(told switch
        {
            < 10 => 16,
            < 200 => 50,
            _ => 100,
        });
    }
}
