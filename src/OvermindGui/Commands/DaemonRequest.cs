using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.Invocation;

namespace OvermindGui.Commands;

/// <summary>Sends a command to the folder's daemon and prints the outcome.</summary>
internal static class DaemonRequest
{
    // Restarting a process that ignores SIGTERM takes seven seconds, and several restarts may overlap.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <returns>The exit code.</returns>
    /// <exception cref="CommandFailure">The command failed, at least for some of the processes.</exception>
    public static async Task<int> SendAsync(ProjectFolder folder, CommandKind kind, string? subject, Initiator? by = null)
    {
        var client = new CommandClient(OvermindDatabase.In(folder), TimeProvider.System, by);
        var outcome = await client.SendAsync(kind, subject, Timeout, CancellationToken.None);
        var message = FailureTable.Visible(outcome.Message);
        if (!outcome.Succeeded) throw new CommandFailure($"Error: {message}");
        if (message.Length > 0) Console.WriteLine(message);
        return 0;
    }
}
