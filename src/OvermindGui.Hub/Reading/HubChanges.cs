using Microsoft.Extensions.Logging;
using Npgsql;
using OvermindGui.Hub.Connecting;
using OvermindGui.Hub.Model;

namespace OvermindGui.Hub.Reading;

/// <summary>
/// Says that it is time to look at the hub again: at a notification, and once a second in any case, because a pooler of connections passes no
/// notification on. One connection serves all that wait.
/// </summary>
public sealed class HubChanges(HubDatabase hub, ILogger<HubChanges> logger) : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _listening;

    /// <summary>Completes at the next notification, or after a second.</summary>
    public async Task NextAsync(CancellationToken cancellationToken)
    {
        Task next;
        lock (_gate)
        {
            _listening ??= Task.Run(ListenAsync, CancellationToken.None);
            next = _next.Task;
        }

        await Task.WhenAny(next, Task.Delay(PollInterval, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_listening is { } listening) await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await hub.OpenAsync(_stop.Token);
                await using (var listen = new NpgsqlCommand($"LISTEN {HubChannels.Changes}", connection)) await listen.ExecuteNonQueryAsync(_stop.Token);
                while (true)
                {
                    await connection.WaitAsync(_stop.Token);
                    Notify();
                }
            }
            catch (Exception e) when (HubErrors.IsOfHub(e))
            {
                logger.LogDebug("No notifications of the hub for now: {Reason}", e.Message);
                await Task.Delay(PollInterval, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Notify()
    {
        TaskCompletionSource next;
        lock (_gate) (next, _next) = (_next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        next.SetResult();
    }
}
