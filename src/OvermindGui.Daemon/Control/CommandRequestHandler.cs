using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Control;

/// <summary>Commands over the socket: how long the answer may take at once, then what came of it.</summary>
internal sealed class CommandRequestHandler(CommandDispatcher dispatcher, EventRecorder recorder) : IControlRequestHandler
{
    // Who asked for a stop reads the state next, and finds it stored. A database that cannot be written now keeps no answer back.
    private static readonly TimeSpan StorePatience = TimeSpan.FromSeconds(1);

    // To store what is left, once everything has stopped.
    private static readonly TimeSpan EndAllowance = TimeSpan.FromSeconds(30);

    public string Type => ControlRequest.CommandType;

    public async Task HandleAsync(ControlExchange exchange)
    {
        var request = exchange.Request;
        if (CommandKinds.Parse(request.Command ?? "") is not { } kind)
        {
            await exchange.ReplyOutcomeAsync(false, $"Unknown command: {request.Command} (known: {string.Join(", ", CommandKinds.All)})");
            return;
        }

        var limit = dispatcher.LimitOf(kind) + (kind == CommandKind.Quit ? EndAllowance : StorePatience);
        // Before anything is waited for: commands of one client are taken up in their order.
        var executing = dispatcher.ExecuteAsync(new CommandRequest(kind, request.Process, request.Argument, InitiatorOf(request)));
        await exchange.ReplyAsync(new ControlReply { Type = ControlReply.AcceptedType, Timeout = limit.TotalSeconds });
        var outcome = await executing;
        if (kind != CommandKind.Quit) await StoredAsync();
        await exchange.ReplyOutcomeAsync(outcome.Succeeded, outcome.Message);
    }

    // Nothing outside the daemon is one of its own rules.
    private static Initiator InitiatorOf(ControlRequest request) =>
        Initiator.Parse(request.From) is { IsOutside: true } outside ? outside : new Initiator(InitiatorKind.Script, request.From);

    private async Task StoredAsync()
    {
        using var patience = new CancellationTokenSource(StorePatience);
        try
        {
            await recorder.StoredAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // it is stored later
        }
    }
}
