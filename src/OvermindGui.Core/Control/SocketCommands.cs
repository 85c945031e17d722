using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Control;

/// <summary>An answer from the socket, and the daemon that sent it.</summary>
internal sealed record SocketResult(CommandOutcome Outcome, RunningDaemon? Daemon);

/// <summary>Sends commands over the daemon's socket, the preferred way: it needs neither the database nor the disk.</summary>
internal static class SocketCommands
{
    // Time limit until the daemon announces its own. It accepts requests at once, but the machine may be busy.
    private static readonly TimeSpan AcceptTimeout = TimeSpan.FromSeconds(15);

    // Allowance for transport, in addition to the daemon's limit.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    /// <summary>Null when no daemon listens: none is running, or it is reachable only through a row.</summary>
    public static async Task<SocketResult?> TrySendAsync(ProjectFolder folder, CommandRequest request, CancellationToken cancellationToken)
    {
        await using var client = await ControlClient.TryConnectAsync(folder, cancellationToken);
        if (client is null) return null;
        var daemon = client.DaemonPid is { } pid && pid != Environment.ProcessId ? RunningDaemon.Of(pid) : null; // not this process itself
        return await SendAsync(client, request, folder, cancellationToken) is { } outcome ? new SocketResult(outcome, daemon) : null;
    }

    private static async Task<CommandOutcome?> SendAsync(
        ControlClient client, CommandRequest request, ProjectFolder folder, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (timeout, accepted) = (AcceptTimeout, false);
        deadline.CancelAfter(timeout);
        try
        {
            await foreach (var reply in client.SendAsync(MessageOf(request), deadline.Token))
            {
                if (reply.IsFinal) return new CommandOutcome(reply.Succeeded ?? false, reply.Message ?? "");
                if (reply.Type != ControlReply.AcceptedType) continue;
                accepted = true;
                timeout = TimeSpan.FromSeconds(reply.Timeout ?? 0) + Margin;
                deadline.CancelAfter(timeout);
            }

            return accepted ? CommandClient.DaemonEnded : null;
        }
        catch (ControlProtocolException e)
        {
            return new CommandOutcome(false, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new CommandOutcome(false, $"The daemon did not answer within {timeout.TotalSeconds:0} seconds; see {folder.DaemonLog}");
        }
    }

    private static ControlRequest MessageOf(CommandRequest request) => new()
    {
        Command = request.Kind.ToText(),
        Process = request.Subject,
        Argument = request.Argument,
        From = request.RequestedBy.ToString(),
    };
}
