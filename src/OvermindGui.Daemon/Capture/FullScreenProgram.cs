using Microsoft.Win32.SafeHandles;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Posix;

namespace OvermindGui.Daemon.Capture;

/// <summary>
/// The program that draws on a terminal's alternate screen: of the terminal's foreground group, the youngest process that has the terminal
/// as its input and output. A shell that waits for it is older, its helpers have pipes. Known where there is a <c>/proc</c>.
/// </summary>
internal sealed class FullScreenProgram(SafeFileHandle master, string terminal)
{
    private ProcessEntry? _program;
    private bool _draws;

    /// <summary>True when a program draws that has ended: it will not leave the alternate screen.</summary>
    public bool HasEnded => _draws && _program is { } program && (ProcessEntry.Of(program.Pid) is not { Runs: true } now || now.Birth != program.Birth);

    /// <summary>A program draws on the alternate screen, or none does any more.</summary>
    public void Follow(bool draws)
    {
        if (draws == _draws) return;
        _draws = draws;
        _program = draws ? Find() : null;
    }

    private ProcessEntry? Find()
    {
        var group = NativeTerminal.GetForegroundGroup(master);
        if (group <= 0) return null;
        ProcessEntry? youngest = null;
        foreach (var pid in ProcessEntry.AllPids())
        {
            if (ProcessEntry.Of(pid) is not { Runs: true } entry || entry.Group != group || !HasTerminal(pid)) continue;
            if (youngest is null || (entry.Birth, entry.Pid).CompareTo((youngest.Value.Birth, youngest.Value.Pid)) > 0) youngest = entry;
        }

        return youngest;
    }

    private bool HasTerminal(int pid)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{pid}/fd/0", false)?.FullName == terminal
                && File.ResolveLinkTarget($"/proc/{pid}/fd/1", false)?.FullName == terminal;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // ended while we looked, or another user's
        }
    }
}
