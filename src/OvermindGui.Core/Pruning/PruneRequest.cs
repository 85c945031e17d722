using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Pruning;

/// <summary>Asks a daemon to delete at once what exceeds the limits, or other limits, once.</summary>
public static class PruneRequest
{
    /// <summary>The type of the request.</summary>
    public const string Type = "prune";

    /// <summary>Returns when it is done. Null when no daemon can be asked.</summary>
    /// <param name="limits">In place of those that apply; null for those.</param>
    public static async Task<CommandOutcome?> SendAsync(ProjectFolder folder, RetentionLimits? limits, CancellationToken cancellationToken)
    {
        try
        {
            await using var client = await ControlClient.TryConnectAsync(folder, cancellationToken);
            if (client is null) return null;
            await foreach (var reply in client.SendAsync(new ControlRequest { Type = Type, Argument = limits?.Write() }, cancellationToken))
                if (reply.IsFinal) return new CommandOutcome(reply.Succeeded ?? false, reply.Message ?? "");
            return new CommandOutcome(false, "The daemon ended before it answered");
        }
        catch (ControlProtocolException e)
        {
            return new CommandOutcome(false, $"The daemon did not answer: {e.Message}");
        }
    }
}
