using System.Collections;
using OvermindGui.Core.Project;
using OvermindGui.Daemon.OvermindBackend;
using OvermindGui.Invocation;

namespace OvermindGui.Connections;

/// <summary>The tmux window of a process that overmind runs.</summary>
internal static class OvermindWindow
{
    /// <summary>Replaces this process by overmind.</summary>
    /// <param name="process">Null lets overmind choose.</param>
    /// <exception cref="CommandFailure">No overmind is available.</exception>
    public static void Show(ProjectFolder folder, string? process)
    {
        try
        {
            var overmind = OvermindConnection.Find(Environment.GetEnvironmentVariable("PATH") ?? "");
            Directory.SetCurrentDirectory(folder.Root);
            ProcessImage.Replace(overmind, ["overmind", .. OvermindConnection.Arguments(process)], Variables());
        }
        catch (Exception e) when (e is Core.Contracts.StartupException or System.ComponentModel.Win32Exception)
        {
            throw new CommandFailure($"Error: {e.Message}");
        }
    }

    private static Dictionary<string, string> Variables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(v => (string)v.Key, v => (string)v.Value!);
}
