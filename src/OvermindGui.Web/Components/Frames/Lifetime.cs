namespace OvermindGui.Web.Components.Frames;

/// <summary>
/// How long a component lives. Its token can be asked for after the end as well, by what was under way then: that of a disposed
/// <see cref="CancellationTokenSource"/> throws, and an error of a component that is gone ends the whole page.
/// </summary>
internal sealed class Lifetime : IDisposable
{
    private readonly CancellationTokenSource _source = new();

    public Lifetime() => Token = _source.Token;

    /// <summary>Cancelled at the end.</summary>
    public CancellationToken Token { get; }

    /// <summary>Whether it has ended.</summary>
    public bool IsOver => Token.IsCancellationRequested;

    /// <summary>Ends it, where what is under way is waited for before it is disposed.</summary>
    public Task EndAsync() => _source.CancelAsync();

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        if (!IsOver) _source.Cancel();
        _source.Dispose();
    }
}
