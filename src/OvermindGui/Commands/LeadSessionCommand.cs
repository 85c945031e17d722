using System.CommandLine;
using System.ComponentModel;
using OvermindGui.Daemon.Launching;
using OvermindGui.Invocation;

namespace OvermindGui.Commands;

/// <summary><c>lead-session</c>: starts a child in its own session on systems without <c>setsid</c>.</summary>
internal static class LeadSessionCommand
{
    public static Command Create()
    {
        var command = new Command(SessionLeader.Verb, "Lead a session and execute a shell command") { Hidden = true };
        var shellCommand = new Option<string>(SessionLeader.CommandOption) { Required = true };
        var shell = new Option<string>(SessionLeader.ShellOption) { Required = true };
        var terminal = new Option<string?>(SessionLeader.TerminalOption);
        command.Add(shellCommand);
        command.Add(shell);
        command.Add(terminal);
        command.SetFailableAction(words =>
        {
            try
            {
                ProcessImage.Replace(
                    "/bin/sh",
                    SessionLeader.Become(words.GetRequiredValue(shell), words.GetRequiredValue(shellCommand), words.GetValue(terminal)));
                return Task.FromResult(0); // not reached: the shell has replaced this process
            }
            catch (Win32Exception e)
            {
                throw new CommandFailure($"Error: {e.Message}");
            }
        });
        return command;
    }
}
