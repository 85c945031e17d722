using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Control;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;
using OvermindGui.Hub.Connecting;
using OvermindGui.Hub.Shipping;

namespace OvermindGui.Daemon.Hosting;

/// <summary>
/// Ships to the hub, where there is one, beside everything else. It begins before the writer and so ends after it: the last lines are stored
/// then, and are shipped when the hub can be reached.
/// </summary>
internal sealed class ShippingService(
    DaemonStart start, CommandDispatcher dispatcher, WriteQueue queue, EventRecorder recorder, SupervisedLoops loops, TimeProvider time, ILogger<Shipper> logger)
    : IHostedService, IShippingJournal, IAsyncDisposable
{
    // A hub that is slow just then holds up the end no longer.
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private Shipper? _shipper;
    private Task _shipping = Task.CompletedTask;
    private string? _said;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (start.Hub is { } hub) Begin(hub);
        else queue.Enqueue(new RowChange("DELETE FROM hub_shipping")); // of an earlier daemon
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _shipper?.Finish();
        await Task.WhenAny(_shipping, Task.Delay(EndTimeout, CancellationToken.None));
        await _stop.CancelAsync();
        await Task.WhenAny(_shipping, Task.Delay(EndTimeout, CancellationToken.None));
    }

    public void Record(ShippingReport report)
    {
        queue.Enqueue(new RowChange(
            """
            INSERT INTO hub_shipping(id, target, state, message, line_id, updated_at) VALUES (1, $1, $2, $3, coalesce($4, 0), $5)
            ON CONFLICT(id) DO UPDATE SET target = $1, state = $2, message = $3, updated_at = $5,
              line_id = coalesce($4, CASE WHEN target = $1 THEN line_id ELSE 0 END)
            """,
            start.Hub!.Address.ToString(), report.State, report.Message, report.LineId, time.GetUtcNow().ToUnixSeconds())
        { About = "hub" });
        // A hub that is away for a while is nothing to read about among the output; what someone has to do something about is.
        if (report.Message is { } message && report.State != HubShipping.Waiting && message != _said) recorder.SystemNotice(_said = message, LineLevel.Warn);
    }

    public async ValueTask DisposeAsync()
    {
        _stop.Dispose();
        if (_shipper is not null) await _shipper.DisposeAsync();
    }

    private void Begin(HubOptions hub)
    {
        _shipper = new Shipper(start.Database, hub, this, request => dispatcher.ExecuteAsync(request), logger);
        _shipping = Task.Run(() => loops.RunAsync("Shipping to the hub", _shipper.RunAsync, _stop.Token));
    }
}
