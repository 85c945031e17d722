using System.Buffers;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Daemon.Capture;

/// <summary>The viewers of one terminal, and a list of their names for others. While there is none, the output is not copied. Only the thread that reads the terminal uses it.</summary>
internal sealed class TerminalViewers(LineAssembler terminal, Action<IReadOnlyList<string>> changed)
{
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly List<TerminalViewer> _viewers = [];
    private bool _hasEnded;

    public IReadOnlyList<TerminalViewer> All => _viewers;

    public void Add(TerminalViewer viewer)
    {
        if (_viewers.Count == 0) terminal.MirrorTo(_output);
        _viewers.Add(viewer);
        Present();
        if (_hasEnded) viewer.End();
    }

    public void Remove(TerminalViewer viewer)
    {
        _viewers.Remove(viewer);
        if (_viewers.Count == 0) terminal.MirrorTo(null);
        Present();
    }

    /// <summary>Hands on what was fed to the terminal.</summary>
    public void Deliver()
    {
        if (_output.WrittenCount == 0) return;
        foreach (var viewer in _viewers) viewer.Add(_output.WrittenSpan);
        _output.ResetWrittenCount();
    }

    public void Paint(TerminalViewer viewer, TerminalSize size) => viewer.Paint(terminal.Paint(), size);

    /// <summary>Shows every viewer the whole screen, in its new size.</summary>
    public void Repaint(TerminalSize size)
    {
        foreach (var viewer in _viewers) Paint(viewer, size);
    }

    public void End()
    {
        _hasEnded = true;
        foreach (var viewer in _viewers) viewer.End();
    }

    // Each is shown the same list, itself included.
    private void Present()
    {
        string[] names = [.. _viewers.Select(viewer => viewer.IsReadOnly ? $"{viewer.Who} (read-only)" : viewer.Who)];
        foreach (var viewer in _viewers) viewer.Present(names);
        if (!_hasEnded) changed(names);
    }
}
