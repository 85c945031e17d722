using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Daemon.Launching;

/// <summary>A terminal whose other end is ours: a child opens <see cref="Path"/>, and what it prints there is read from <see cref="Master"/>.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private readonly SafeFileHandle _childSide;

    private PseudoTerminal(SafeFileHandle master, string path, SafeFileHandle childSide) =>
        (Master, Path, _childSide) = (master, path, childSide);

    /// <summary>Non-blocking: a read fails with EAGAIN when there is no data, and with EIO when the other side is closed.</summary>
    public SafeFileHandle Master { get; }

    public string Path { get; }

    /// <exception cref="IOException">No terminal is available; the message names the failed call and the reason.</exception>
    public static PseudoTerminal Open(TerminalSize size)
    {
        var master = NativeTerminal.OpenMaster(
            NativeTerminal.ReadWrite | NativeTerminal.NoControllingTerminal | NativeTerminal.CloseOnExec | NativeTerminal.NonBlocking);
        SafeFileHandle? childSide = null;
        try
        {
            if (master.IsInvalid) throw Failure("posix_openpt");
            if (NativeTerminal.Grant(master) != 0) throw Failure("grantpt");
            if (NativeTerminal.Unlock(master) != 0) throw Failure("unlockpt");
            var path = NameOf(master);
            // Held open until the child has it: otherwise the reader would see the end at once, and macOS would have no window size.
            childSide = NativeTerminal.Open(
                path, NativeTerminal.ReadWrite | NativeTerminal.NoControllingTerminal | NativeTerminal.CloseOnExec);
            if (childSide.IsInvalid) throw Failure($"open {path}");
            if (NativeTerminal.SetWindowSize(childSide, size.Rows, size.Columns) != 0) throw Failure("ioctl(TIOCSWINSZ)");
            return new PseudoTerminal(master, path, childSide);
        }
        catch
        {
            childSide?.Dispose();
            master.Dispose();
            throw;
        }
    }

    /// <summary>Leaves the other side to the child: when the last of its holders ends, the reader sees the end.</summary>
    public void CloseChildSide() => _childSide.Dispose();

    public void Dispose()
    {
        _childSide.Dispose();
        Master.Dispose();
    }

    private static string NameOf(SafeFileHandle master)
    {
        Span<byte> buffer = stackalloc byte[128]; // macOS insists on this many
        buffer.Clear();
        if (NativeTerminal.GetName(master, buffer, (nuint)buffer.Length) != 0) throw Failure("ptsname_r");
        return Encoding.UTF8.GetString(buffer[..buffer.IndexOf((byte)0)]);
    }

    private static IOException Failure(string call) =>
        new($"{call}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
}
