namespace OvermindGui.Web.Live;

/// <summary>
/// How long to gather lines before the next look. The first line after a pause waits for no tick at all; under load a render costs the
/// browser more than the lines in it, so that fewer and larger ones show them sooner.
/// </summary>
internal sealed class TickPace
{
    public TimeSpan Next { get; private set; } = TimeSpan.FromMilliseconds(16);

    /// <param name="lines">How many the last look found, new ones and changed ones that were told.</param>
    public void Saw(int lines) => Next = TimeSpan.FromMilliseconds(lines switch
    {
        < 10 => 16,
        < 200 => 50,
        _ => 100,
    });
}
