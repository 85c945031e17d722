using System.Globalization;
using CliWrap;
using OvermindGui.Core.Project;
using OvermindGui.Daemon.Launching;

namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>Builds the command line of overmind.</summary>
internal static class OvermindCommandLine
{
    /// <summary>
    /// Uses a session of its own: a Ctrl+C meant for the daemon would otherwise reach both. Options that the user's OVERMIND_… variables
    /// could change, so that we would not find overmind or its processes, are passed explicitly.
    /// </summary>
    public static Command Create(
        SessionCommand sessionCommand, OvermindTools tools, ProjectFolder folder, string procfile, OvermindWindow window, StopPolicy stopPolicy)
    {
        string[] words =
        [
            tools.Overmind, "start", "--procfile", procfile, "--any-can-die", "--no-port",
            "--formation", "all=1", // several of one entry would bear names that the Procfile does not have
            "--daemonize=false", "--show-timestamps=false",
            "--timeout", stopPolicy.Timeout.TotalSeconds.ToString("0", CultureInfo.InvariantCulture),
            .. OvermindClient.ConnectionOptions,
        ];
        var input = window.Path is { } path ? $" <{ShellWords.Quote(path)}" : "";
        return sessionCommand(SessionCommands.SystemShell, $"exec {string.Join(' ', words.Select(ShellWords.Quote))}{input}", null)
            .WithWorkingDirectory(folder.Root)
            .WithEnvironmentVariables(Environment(tools));
    }

    // tmux hands overmind's environment to the processes, but for TERM, which it knows better.
    private static Dictionary<string, string?> Environment(OvermindTools tools) =>
        new(ChildEnvironment.From(System.Environment.GetEnvironmentVariable).OnTerminal) { ["PATH"] = tools.SearchPath };
}
