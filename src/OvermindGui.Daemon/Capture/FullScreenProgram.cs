using OvermindGui.Core.Contracts;

namespace OvermindGui.Daemon.Capture;

/// <summary>
/// The program that draws on a terminal's alternate screen: of the terminal's foreground group, the youngest process that has the terminal
/// as its input and output. A shell that waits for it is older, its helpers have pipes. Known where there is a <c>/proc</c>.
/// </summary>
internal sealed class FullScreenProgram(ForegroundGroup foreground)
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
        ProcessEntry? youngest = null;
        foreach (var entry in foreground.Members().Where(entry => foreground.IsTerminal(entry.Pid, 0) && foreground.IsTerminal(entry.Pid, 1)))
            if (youngest is null || (entry.Birth, entry.Pid).CompareTo((youngest.Value.Birth, youngest.Value.Pid)) > 0) youngest = entry;
        return youngest;
    }
}
