using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using OvermindGui.Core.Posix;

namespace OvermindGui.Daemon.Launching;

/// <summary>Types into a terminal from its other end.</summary>
internal static class TerminalInput
{
    // The kernel buffers about 4,000 unread characters. A program that reads nothing for this long does not read its input at all.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>False when the terminal's reader takes no more, or has gone.</summary>
    /// <param name="master">Does not block.</param>
    public static async Task<bool> WriteAsync(SafeFileHandle master, ReadOnlyMemory<byte> input)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await WriteAsync(master, input, patience.Token);
    }

    /// <summary>The same with the caller's own patience.</summary>
    public static async Task<bool> WriteAsync(SafeFileHandle master, ReadOnlyMemory<byte> input, CancellationToken patience)
    {
        try
        {
            while (input.Length > 0)
            {
                var written = Write(master, input.Span);
                input = input[written..];
                if (written == 0) await Task.Delay(Pause, patience);
            }

            return true;
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }

    // 0 while there is no room.
    private static int Write(SafeFileHandle master, ReadOnlySpan<byte> input)
    {
        var written = (int)Descriptor.Write(master, input, (nuint)input.Length);
        if (written >= 0) return written;
        var error = Marshal.GetLastPInvokeError();
        return error == Descriptor.WouldBlock || error == Descriptor.Interrupted ? 0
            : error == Descriptor.InputOutputError ? throw new ObjectDisposedException(nameof(master), "no process has the other side open")
            : throw new Win32Exception(error);
    }
}
