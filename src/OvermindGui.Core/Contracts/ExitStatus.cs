namespace OvermindGui.Core.Contracts;

/// <summary>
/// How a process ended. A death by signal n has the shell's code 128+n (POSIX.1-2024, XCU 2.8.2), so a shell that reports its child's death
/// and the death itself look the same.
/// </summary>
/// <param name="Code">0 to 255.</param>
public readonly record struct ExitStatus(int Code)
{
    /// <summary>The signal that ended the process, or null for a normal exit.</summary>
    public int? Signal => Code is > 128 and <= 128 + 64 ? Code - 128 : null;

    public bool IsSuccess => Code == 0;

    /// <summary>For messages: <c>exited with code 3</c>, <c>killed by SIGKILL (9)</c>.</summary>
    public override string ToString() => Signal is { } signal
        ? $"killed by {SignalName(signal)} ({signal})"
        : Code switch
        {
            126 => "exited with code 126 (not executable)",
            127 => "exited with code 127 (command not found)",
            _ => $"exited with code {Code}",
        };

    /// <summary>Short form for a table cell: <c>3</c>, <c>SIGKILL</c>.</summary>
    public string ToShortText() => Signal is { } signal
        ? SignalName(signal)
        : Code.ToString(System.Globalization.CultureInfo.InvariantCulture);

    // The numbers that Linux and macOS share; the others differ and are shown as numbers.
    private static string SignalName(int signal) => signal switch
    {
        1 => "SIGHUP",
        2 => "SIGINT",
        3 => "SIGQUIT",
        4 => "SIGILL",
        6 => "SIGABRT",
        8 => "SIGFPE",
        9 => "SIGKILL",
        11 => "SIGSEGV",
        13 => "SIGPIPE",
        14 => "SIGALRM",
        15 => "SIGTERM",
        _ => $"signal {signal}",
    };
}
