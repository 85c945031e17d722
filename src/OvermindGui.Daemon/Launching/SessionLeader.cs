using System.ComponentModel;
using System.Runtime.InteropServices;
using OvermindGui.Core.Posix;

namespace OvermindGui.Daemon.Launching;

/// <summary>
/// Turns this process into what a supervised one starts as, for systems without <c>setsid</c> and GNU <c>env</c>. It is a fresh run of our
/// executable that does this and then executes the shell: between fork and exec no managed code may run.
/// </summary>
public static class SessionLeader
{
    /// <summary>The hidden command of our executable.</summary>
    public const string Verb = "lead-session";

    public const string CommandOption = "--command";

    public const string ShellOption = "--shell";

    public const string TerminalOption = "--terminal";

    /// <summary>Takes the lead of a session, and the terminal where one is given.</summary>
    /// <returns>The arguments with which <c>/bin/sh</c> is to be executed now.</returns>
    /// <exception cref="Win32Exception">One of the steps failed.</exception>
    public static IReadOnlyList<string> Become(string shell, string command, string? terminal)
    {
        // Opened before the session exists: the daemon closes its side of the terminal as soon as it sees the group.
        using var opened = terminal is null
            ? null
            : NativeTerminal.Open(terminal, NativeTerminal.ReadWrite | NativeTerminal.NoControllingTerminal | NativeTerminal.CloseOnExec);
        if (opened is { IsInvalid: true }) throw Failure($"open {terminal}");
        Check(NativeProcess.CreateSession(), "setsid");
        if (opened is not null)
        {
            Check(NativeTerminal.SetControllingTerminal(opened), "ioctl(TIOCSCTTY)");
            for (var descriptor = 0; descriptor <= 2; descriptor++)
                Check(Descriptor.Duplicate(opened.DangerousGetHandle().ToInt32(), descriptor), "dup2");
        }

        // exec resets signals with a handler to their default; ignored signals stay ignored, so reset those here.
        foreach (var signal in NativeProcess.OftenIgnored) _ = NativeProcess.SetSignalAction(signal, NativeProcess.DefaultAction);
        return SessionCommands.ShellArguments(shell, command, inTerminal: terminal is not null);
    }

    private static void Check(int result, string call)
    {
        if (result < 0) throw Failure(call);
    }

    private static Win32Exception Failure(string call)
    {
        var error = Marshal.GetLastPInvokeError();
        return new Win32Exception(error, $"{call}: {Marshal.GetPInvokeErrorMessage(error)}");
    }
}
