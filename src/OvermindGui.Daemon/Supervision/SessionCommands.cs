using CliWrap;
using OvermindGui.Core.Projects;

namespace OvermindGui.Daemon.Supervision;

/// <summary>
/// How a shell comes to run a command as the leader of a session and group of its own, with a terminal where a path to one is given. The PID
/// that we start is the shell's own in the end, and SIGPIPE has its default action: children of .NET inherit it ignored, and
/// "yes | head -1" would then complain instead of ending.
/// </summary>
internal static class SessionCommands
{
    // For logs: nobody types, and a line ends with \n alone. Where it cannot be had, nothing worse happens.
    private const string PrepareTerminal = "stty -echo -onlcr 2>/dev/null";

    private const string OpenTerminal =
        $"""exec <>"$0" >&0 2>&0; {PrepareTerminal}; exec setsid -c env --default-signal=PIPE /bin/sh -c "$1" """;

    /// <summary>From a command and the path of a terminal, or null, to what is executed.</summary>
    public static Func<string, string?, Command> ForThisSystem() =>
        OperatingSystem.IsMacOS() ? WithSelf(SelfExecutable.Current()) : WithSystemTools;

    /// <summary>By the tools that every Linux has. setsid does not fork here, because a child of ours leads no group.</summary>
    public static Command WithSystemTools(string command, string? terminal) => terminal is null
        ? Cli.Wrap("setsid").WithArguments(["env", "--default-signal=PIPE", "/bin/sh", "-c", command])
        : Cli.Wrap("/bin/sh").WithArguments(["-c", OpenTerminal, terminal, command]);

    /// <summary>By our own executable, where there are no such tools: macOS.</summary>
    public static Func<string, string?, Command> WithSelf(SelfExecutable self) => (command, terminal) =>
        Cli.Wrap(self.File).WithArguments(
        [
            .. self.Prefix, SessionLeader.Verb,
            .. terminal is null ? Array.Empty<string>() : [$"{SessionLeader.TerminalOption}={terminal}"],
            $"{SessionLeader.CommandOption}={command}",
        ]);

    /// <summary>The shell that a <see cref="SessionLeader"/> becomes.</summary>
    public static IReadOnlyList<string> ShellArguments(string command, bool inTerminal) => inTerminal
        ? ["-c", $"""{PrepareTerminal}; exec /bin/sh -c "$0" """, command]
        : ["-c", command];
}
