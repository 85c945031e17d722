using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.Commands;

/// <summary>Asks the folder's daemon for something, and prints its answer.</summary>
internal static class DaemonRequest
{
    // A restart of a process that ignores SIGTERM takes seven seconds, and others may be asked of it at the same time.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <returns>The exit code.</returns>
    /// <exception cref="CommandFailure">It has not been done, or not of all.</exception>
    public static async Task<int> SendAsync(ProjectFolder folder, CommandKind kind, string? subject)
    {
        var client = new CommandClient(OvermindDatabase.In(folder), TimeProvider.System);
        var outcome = await client.SendAsync(kind, subject, Timeout, CancellationToken.None);
        var message = FailureTable.Visible(outcome.Message);
        if (!outcome.Succeeded) throw new CommandFailure($"Error: {message}");
        if (message.Length > 0) Console.WriteLine(message);
        return 0;
    }
}
