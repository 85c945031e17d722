namespace OvermindGui.Web.Live;

/// <summary>
/// How long to gather lines before the next look, and how many to take of them. The first lines after a pause wait for no tick at all; where
/// lines keep coming, a render costs the browser more than the lines in it, so that fewer and larger ones leave it time for clicks. A
/// stream that would fill the view with each such render is shown in more and smaller ones.
/// </summary>
internal sealed class TickPace(TimeProvider time)
{
    // From how many lines a second on, and for how many milliseconds.
    private static readonly (double Rate, int Pause)[] Steps =
    [
        (1500, 50), // too fast to be read
        (500, 16), // more than a screen in 60 ms: a tick each frame
        (40, 60), // a stream, which the eye follows
        (0, 16),
    ];

    // Some of what comes is left out: there is nothing to follow.
    private const int PauseInFlood = 100;

    // A thousand lines per tick cannot be read, and rendering them blocks clicks. A sustained flood has gaps anyway.
    private const int LinesInFlood = 250;

    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(1);

    private double _rate; // lines a second, of about the last one
    private long _looked;

    public TimeSpan Next { get; private set; } = TimeSpan.FromMilliseconds(Steps[^1].Pause);

    /// <summary>The most lines to take at the next look.</summary>
    public int Lines { get; private set; } = OutputFeed.LinesPerTick;

    /// <param name="came">Number of lines since the last tick, read or not.</param>
    /// <param name="published">Number of lines that the last tick published, new and changed.</param>
    public void Saw(long came, int published)
    {
        Lines = came > OutputFeed.LinesPerTick ? LinesInFlood : OutputFeed.LinesPerTick;
        var now = time.GetTimestamp();
        var passed = _looked == 0 ? Memory : time.GetElapsedTime(_looked, now);
        _looked = now;
        _rate = (_rate * Math.Exp(-passed / Memory)) + published;
        Next = TimeSpan.FromMilliseconds(Lines == LinesInFlood ? PauseInFlood : Steps.First(step => _rate >= step.Rate).Pause);
    }
}
