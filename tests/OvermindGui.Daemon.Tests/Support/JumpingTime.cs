namespace OvermindGui.Daemon.Tests.Support;

/// <summary>A clock that is set while the time goes on: only what it shows jumps, no wait is longer or shorter for it.</summary>
internal sealed class JumpingTime : TimeProvider
{
    private long _offset;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + new TimeSpan(Interlocked.Read(ref _offset));

    public void Set(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);
}
