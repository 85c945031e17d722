using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;

namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>The socket in the folder, of which there can be one: an overmind that was killed leaves it behind, and the next one then refuses to start.</summary>
internal static class OvermindSocket
{
    /// <returns>True when a stale socket without a server was removed.</returns>
    /// <exception cref="StartupException">The socket has a server, or this cannot be determined.</exception>
    public static async Task<bool> RemoveStaleAsync(OvermindClient client, ProjectFolder folder)
    {
        var path = Path.Combine(folder.Root, OvermindClient.Socket);
        if (!File.Exists(path)) return false;
        var answer = await client.SendAsync("status");
        if (answer.Problem is null)
            throw new StartupException(
                $"An overmind that is not ours already runs in {folder} (socket {Path.GetFileName(path)})\n"
                + "End it with \"overmind quit\" in that folder, then try again");
        if (!answer.Problem.Contains("connection refused", StringComparison.Ordinal))
            throw new StartupException($"The socket {path} is there, but cannot be used: {answer.Problem}");
        File.Delete(path);
        return true;
    }
}
