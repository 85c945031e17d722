using OvermindGui.Core.Contracts;
using OvermindGui.Core.Pruning;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Control;

/// <summary>Deletes what exceeds the limits at once: see <see cref="PruneRequest"/>.</summary>
internal sealed class PruneRequestHandler(RetentionService retention) : IControlRequestHandler
{
    public string Type => PruneRequest.Type;

    // When the client disconnects, it ends after its current step.
    public async Task HandleAsync(ControlExchange exchange)
    {
        var limits = exchange.Request.Argument is { } text ? RetentionLimits.Parse(text) : null;
        var outcome = await retention.PruneAsync(limits, exchange.ClientGone);
        await exchange.ReplyOutcomeAsync(true, PruningMessages.Done(outcome.Lines, outcome.Freed, outcome.WasAgeBelieved));
    }
}
