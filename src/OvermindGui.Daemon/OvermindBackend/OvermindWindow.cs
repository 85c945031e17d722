using Microsoft.Extensions.Logging;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Launching;

namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>
/// The terminal that overmind finds at its standard input. Nothing is read or written there: overmind takes its size, less the width of the
/// prefix, for the windows of its processes, which would have 80 columns otherwise. The daemon's death hangs it up, as any terminal.
/// </summary>
internal sealed class OvermindWindow : IDisposable
{
    private const int ShortestName = 6;
    private const int SeparatorWidth = 3;

    private readonly PseudoTerminal? _terminal;

    private OvermindWindow(PseudoTerminal? terminal) => _terminal = terminal;

    /// <summary>Null when none is available.</summary>
    public string? Path => _terminal?.Path;

    /// <param name="size">Of the processes' windows.</param>
    public static OvermindWindow Open(TerminalSize size, IEnumerable<string> names, ILogger logger)
    {
        var prefix = names.Select(name => name.Length).Append(ShortestName).Max() + SeparatorWidth;
        try
        {
            return new OvermindWindow(PseudoTerminal.Open(size with { Columns = size.Columns + prefix }));
        }
        catch (IOException e)
        {
            logger.LogWarning("The processes' windows have the size that tmux gives them, because there is no terminal: {Reason}", e.Message);
            return new OvermindWindow(null);
        }
    }

    public void Dispose() => _terminal?.Dispose();
}
