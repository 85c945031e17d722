namespace OvermindGui.Hosting;

/// <summary>
/// What Ctrl+C and SIGTERM mean, one stage after the other: each request begins the next stage. Wrappers such as npm forward a signal that the
/// terminal delivers as well, so a request that follows another one at once is the same one.
/// </summary>
/// <param name="stages">The first stops, the later ones are less patient.</param>
internal sealed class StopRequests(params Action[] stages)
{
    private static readonly TimeSpan Echo = TimeSpan.FromMilliseconds(300);

    private readonly Lock _gate = new();
    private int _begun;
    private long _last;

    public void Take()
    {
        Action stage;
        lock (_gate)
        {
            var now = Environment.TickCount64;
            if (_begun == stages.Length || (_begun > 0 && now - _last < Echo.TotalMilliseconds)) return;
            _last = now;
            stage = stages[_begun++];
        }

        stage();
    }
}
