using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Control;

namespace OvermindGui.Daemon.Control;

/// <summary>One client: its messages in, an exchange per request.</summary>
internal sealed class ControlSession(
    ControlConnection connection, IReadOnlyDictionary<string, IControlRequestHandler> handlers, ILogger logger) : IAsyncDisposable
{
    private const int MostRequests = 32;

    private readonly ConcurrentDictionary<long, (ControlExchange Exchange, Task Handling)> _underWay = [];
    private readonly CancellationTokenSource _gone = new();

    /// <summary>When it had something to do last.</summary>
    public long LastUsed { get; private set; } = Environment.TickCount64;

    public bool IsIdle => _underWay.IsEmpty;

    /// <summary>Completes when all requests so far have been answered.</summary>
    public Task AnsweredAsync() => Task.WhenAll(_underWay.Values.Select(r => r.Handling));

    /// <summary>Returns when the client disconnects or violates the protocol. Its commands continue.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await connection.ReadAsync(ControlJson.Default.ControlRequest, cancellationToken) is { } request)
            {
                LastUsed = Environment.TickCount64;
                await TakeAsync(request, cancellationToken);
            }
        }
        catch (ControlProtocolException e)
        {
            logger.LogWarning("A client of the socket was refused: {Reason}", e.Message);
            await ReplyAsync(ControlReply.Error(0, e.Message));
        }
        catch (OperationCanceledException)
        {
            // the daemon ends, or another client needs the place
        }
        finally
        {
            await _gone.CancelAsync();
            foreach (var (exchange, _) in _underWay.Values) exchange.Close();
        }
    }

    /// <summary>Closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await AnsweredAsync();
        _gone.Dispose();
    }

    private async ValueTask TakeAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        if (_underWay.TryGetValue(request.Id, out var earlier))
        {
            await earlier.Exchange.TakeAsync(request, cancellationToken);
            return;
        }

        if (FindProblem(request) is { } problem)
        {
            await ReplyAsync(ControlReply.Error(request.Id, problem));
            return;
        }

        var exchange = new ControlExchange(request, connection, _gone.Token);
        var handled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _underWay[request.Id] = (exchange, handled.Task);
        _ = HandleAsync(exchange, handled);
    }

    private string? FindProblem(ControlRequest request) =>
        request.Version > ControlRequest.CurrentVersion
            ? $"Version {request.Version} of the protocol is not known here; this daemon speaks version {ControlRequest.CurrentVersion}"
        : !handlers.ContainsKey(request.Type ?? "")
            ? $"Unknown type of request: {request.Type} (known: {string.Join(", ", handlers.Keys.Order(StringComparer.Ordinal))})"
        : _underWay.Count >= MostRequests ? $"More than {MostRequests} requests at a time; wait for an answer first"
        : null;

    private async Task HandleAsync(ControlExchange exchange, TaskCompletionSource handled)
    {
        try
        {
            await handlers[exchange.Request.Type!].HandleAsync(exchange);
        }
        catch (Exception e)
        {
            // A request that fails is its client's outcome, never the daemon's end.
            logger.LogError(e, "A request of the type {Type} failed", exchange.Request.Type);
            await exchange.ReplyAsync(ControlReply.Error(exchange.Request.Id, $"The daemon failed at it: {e.Message}; see its log"));
        }
        finally
        {
            exchange.Close();
            _underWay.TryRemove(exchange.Request.Id, out _);
            LastUsed = Environment.TickCount64;
            handled.SetResult();
        }
    }

    private ValueTask<bool> ReplyAsync(ControlReply reply) =>
        connection.WriteAsync(reply, ControlJson.Default.ControlReply, CancellationToken.None);
}
