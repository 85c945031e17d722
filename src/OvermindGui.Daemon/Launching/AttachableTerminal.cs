using Microsoft.Win32.SafeHandles;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Capture;

namespace OvermindGui.Daemon.Launching;

/// <summary>
/// A run's terminal with its viewers. Its window has the size of the viewer who typed last, and the default size again when the last of them
/// has left; those who only look never resize it.
/// </summary>
/// <param name="size">The default size, which the window has now.</param>
internal sealed class AttachableTerminal(SafeFileHandle master, TerminalReader reader, StreamCapture capture, TerminalSize size)
{
    private TerminalSize? _window; // null for the default size
    private long _typed;

    private TerminalSize Size => _window ?? size;

    /// <summary>Shows the viewer the screen as it is now, and all that follows. False when the terminal has ended.</summary>
    public Task<bool> AttachAsync(TerminalViewer viewer) => reader.InvokeAsync(() =>
    {
        capture.Viewers.Add(viewer);
        if (!Fit()) capture.Viewers.Paint(viewer, Size);
    });

    public Task LeaveAsync(TerminalViewer viewer) => reader.InvokeAsync(() =>
    {
        capture.Viewers.Remove(viewer);
        Fit();
    });

    /// <summary>Shows the screen once more, to a viewer that has missed output.</summary>
    public Task PaintAsync(TerminalViewer viewer) => reader.InvokeAsync(() => capture.Viewers.Paint(viewer, Size));

    public Task ResizeAsync(TerminalViewer viewer, TerminalSize window) => reader.InvokeAsync(() =>
    {
        viewer.Window = window;
        Fit();
    });

    /// <summary>Waits while the program does not read. It may read later; what is typed waits for it, as in any terminal.</summary>
    public async Task TypeAsync(TerminalViewer viewer, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        if (viewer.IsReadOnly) return;
        if (viewer.LastTyped == 0 || viewer.LastTyped != Interlocked.Read(ref _typed))
        {
            viewer.LastTyped = Interlocked.Increment(ref _typed);
            await reader.InvokeAsync(() => Fit());
        }

        await FollowInputAsync();
        await TerminalInput.WriteAsync(master, input, cancellationToken);
    }

    /// <summary>Something is about to be typed.</summary>
    public Task FollowInputAsync() => capture.IsWaitingForInput ? reader.InvokeAsync(capture.FollowInput) : Task.CompletedTask;

    // True when the size has changed, and everyone was shown the screen.
    private bool Fit()
    {
        var leader = capture.Viewers.All.Where(viewer => viewer is { IsReadOnly: false, Window: not null }).MaxBy(viewer => viewer.LastTyped);
        var before = Size;
        _window = leader?.Window;
        if (Size == before) return false;
        capture.Resize(Size);
        _ = NativeTerminal.SetWindowSize(master, Size.Rows, Size.Columns); // fails only for one that has gone
        return true;
    }
}
