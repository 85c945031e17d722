using Microsoft.Win32.SafeHandles;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Posix;

namespace OvermindGui.Daemon.Capture;

/// <summary>The processes in the foreground of a terminal: those that may read from it. Known where there is a <c>/proc</c>.</summary>
internal sealed class ForegroundGroup(SafeFileHandle master, string terminal)
{
    private const string OwnTerminal = "/dev/tty"; // of the process that opens it

    /// <summary>Those that run now, the group's leader first.</summary>
    public IEnumerable<ProcessEntry> Members()
    {
        var group = NativeTerminal.GetForegroundGroup(master);
        if (group <= 0) yield break;
        foreach (var pid in ProcessEntry.AllPids().Prepend(group).Distinct())
            if (NativeProcess.GroupOf(pid) == group && ProcessEntry.Of(pid) is { Runs: true } entry && entry.Group == group) yield return entry;
    }

    /// <summary>True when this descriptor of the process is the terminal.</summary>
    public bool IsTerminal(int pid, int descriptor)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{pid}/fd/{descriptor}", false)?.FullName is { } file && (file == terminal || file == OwnTerminal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // ended while we looked, or another user's
        }
    }

    /// <summary>True when the program reads whole lines that the terminal does not show while they are typed, as for a password.</summary>
    public bool HidesInput() =>
        NativeTerminal.GetLocalModes(master) is { } modes && (modes & NativeTerminal.Canonical) != 0 && (modes & NativeTerminal.Echo) == 0;
}
