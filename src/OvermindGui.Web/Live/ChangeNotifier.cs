using System.Threading.Channels;
using OvermindGui.Core.Timing;

namespace OvermindGui.Web.Live;

/// <summary>Wakes one reader of the database; many notifications before the next wait are one.</summary>
public sealed class ChangeNotifier : IDisposable
{
    private readonly Action<ChangeNotifier> _end;
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <param name="end">Called when it is disposed.</param>
    internal ChangeNotifier(Action<ChangeNotifier> end) => _end = end;

    /// <summary>Wakes the reader as if something had been written.</summary>
    public void Notify() => _signals.Writer.TryWrite(true);

    /// <summary>Wakes the reader within a second: what it wanted to read cannot be read now.</summary>
    public void NotifySoon() => _ = Heartbeat.NextAsync(CancellationToken.None).ContinueWith(_ => Notify(), TaskScheduler.Default);

    /// <summary>Completes when there was a notification since the last call.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _signals.Reader.ReadAsync(cancellationToken);

    public void Dispose() => _end(this);
}
