using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Shipping;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Control;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;
using OvermindGui.Hub.Shipping;
using OvermindGui.Otlp.Exporting;

namespace OvermindGui.Daemon.Hosting;

/// <summary>
/// Ships to a hub and to an engine for logs, where there are such, beside everything else. It begins before the writer and so ends after it: the
/// last lines are stored then, and are shipped when the target can be reached.
/// </summary>
internal sealed class ShippingService(
    DaemonStart start, CommandDispatcher dispatcher, WriteQueue queue, EventRecorder recorder, SupervisedLoops loops, TimeProvider time, ILoggerFactory loggers)
    : IHostedService, IAsyncDisposable
{
    // A target that is slow just then holds up the end no longer.
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<ShippingChannel> _channels = [];
    private Task _shipping = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (start.Hub is { } hub)
            Add(ShippingState.Hub, new HubTarget(start.Database, hub, request => dispatcher.ExecuteAsync(request), loggers.CreateLogger<HubTarget>()), hub.Address.ToString());
        else queue.Enqueue(ShippingChannel.Off(ShippingState.Hub));
        if (start.Otlp is { } otlp) Add(ShippingState.Otlp, new OtlpTarget(start.Database, otlp, time), otlp.Endpoint.ToString());
        else queue.Enqueue(ShippingChannel.Off(ShippingState.Otlp));
        _shipping = Task.WhenAll(_channels.Select(channel => Task.Run(() => loops.RunAsync($"Shipping to {channel.Target}", channel.Shipper.RunAsync, _stop.Token), CancellationToken.None)));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var channel in _channels) channel.Shipper.Finish();
        await Task.WhenAny(_shipping, Task.Delay(EndTimeout, CancellationToken.None));
        await _stop.CancelAsync();
        await Task.WhenAny(_shipping, Task.Delay(EndTimeout, CancellationToken.None));
        foreach (var channel in _channels) channel.RecordEnd();
    }

    public async ValueTask DisposeAsync()
    {
        _stop.Dispose();
        foreach (var channel in _channels) await channel.Shipper.DisposeAsync();
    }

    private void Add(string name, IShippingTarget target, string shown) =>
        _channels.Add(new ShippingChannel(name, target, shown, start.Database, queue, recorder, time, loggers.CreateLogger<Shipper>()));
}
