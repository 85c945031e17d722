using System.Globalization;
using CliWrap;
using OvermindGui.Core.Control;
using OvermindGui.Core.Posix;

namespace OvermindGui.Daemon.Launching;

/// <summary>What is executed for a command.</summary>
/// <param name="shell">Path of the shell that gets the command with <c>-c</c>.</param>
/// <param name="terminal">Path of the terminal to take; null for none.</param>
internal delegate Command SessionCommand(string shell, string command, string? terminal);

/// <summary>
/// How a shell comes to run a command as the leader of a session and group of its own, with a terminal where a path to one is given. The PID
/// that we start is the shell's own in the end, and every signal has its default action: children of .NET inherit SIGPIPE ignored, and
/// "yes | head -1" would then complain instead of ending; those of a script's background job SIGINT, and a stop by it would not reach them.
/// </summary>
internal static class SessionCommands
{
    // A line ends with \n alone: the kernel is three times as slow when it adds a carriage return. Failure is harmless.
    private const string PrepareTerminal = "stty -onlcr 2>/dev/null";

    // .NET has raised ours: see CallerLimits. What is more than the hard limit stays as it is.
    private const string LimitOpenFiles = """[ -z "$3" ] || ulimit -S -n "$3" 2>/dev/null""";

    private const string OpenTerminal =
        $"""exec <>"$0" >&0 2>&0; {PrepareTerminal}; {LimitOpenFiles}; exec setsid -c env --default-signal "$2" -c "$1" """;

    private const string OverPipes = $"""{LimitOpenFiles}; exec env --default-signal "$2" -c "$1" """;

    /// <summary>The one that POSIX promises.</summary>
    public const string SystemShell = "/bin/sh";

    public static SessionCommand ForThisSystem() =>
        OperatingSystem.IsMacOS() ? WithSelf(SelfExecutable.Current()) : WithSystemTools;

    /// <summary>By the tools that every Linux has. setsid does not fork here, because a child of ours leads no group.</summary>
    public static Command WithSystemTools(string shell, string command, string? terminal)
    {
        var openFiles = CallerLimits.OpenFiles?.ToString(CultureInfo.InvariantCulture) ?? "";
        return terminal is null
            ? Cli.Wrap("setsid").WithArguments([SystemShell, "-c", OverPipes, SystemShell, command, shell, openFiles])
            : Cli.Wrap(SystemShell).WithArguments(["-c", OpenTerminal, terminal, command, shell, openFiles]);
    }

    /// <summary>By our own executable, where there are no such tools: macOS.</summary>
    public static SessionCommand WithSelf(SelfExecutable self) => (shell, command, terminal) =>
        Cli.Wrap(self.File).WithArguments(
        [
            .. self.Prefix, SessionLeader.Verb,
            .. terminal is null ? Array.Empty<string>() : [$"{SessionLeader.TerminalOption}={terminal}"],
            $"{SessionLeader.ShellOption}={shell}",
            $"{SessionLeader.CommandOption}={command}",
        ]);

    /// <summary>The arguments of <c>/bin/sh</c>, which a <see cref="SessionLeader"/> becomes.</summary>
    public static IReadOnlyList<string> ShellArguments(string shell, string command, bool inTerminal) => inTerminal
        ? ["-c", $"""{PrepareTerminal}; exec "$1" -c "$0" """, command, shell]
        : ["-c", """exec "$1" -c "$0" """, command, shell];
}
