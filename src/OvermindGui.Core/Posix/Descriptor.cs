using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OvermindGui.Core.Posix;

/// <summary>Reading, writing and waiting where .NET's streams keep a position of their own or hide the error.</summary>
public static partial class Descriptor
{
    public const int Interrupted = 4; // EINTR
    public const int InputOutputError = 5; // EIO
    public const int BrokenPipe = 32; // EPIPE

    public const short Readable = 0x1; // POLLIN
    public const short Writable = 0x4; // POLLOUT
    public const short Failed = 0x8; // POLLERR
    public const short HungUp = 0x10; // POLLHUP
    public const short Invalid = 0x20; // POLLNVAL

    private const int SmallestSet = 128; // FD_SETSIZE bits; Linux takes more

    public static int WouldBlock { get; } = OperatingSystem.IsMacOS() ? 35 : 11; // EAGAIN

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeHandle descriptor, Span<byte> buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeFileHandle descriptor, ReadOnlySpan<byte> buffer, nuint length);

    /// <summary>dup2(2).</summary>
    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    public static partial int Duplicate(int from, int to);

    /// <summary>Waits by poll(2) for one of the events or an error; returns what has happened, or 0 after the time limit.</summary>
    /// <param name="milliseconds">-1 waits without a limit.</param>
    public static short Poll(SafeHandle descriptor, short events, int milliseconds)
    {
        var poll = new PollEntry((int)descriptor.DangerousGetHandle(), events, 0);
        return Poll(ref poll, 1, milliseconds) > 0 ? poll.Returned : (short)0;
    }

    /// <summary>
    /// Waits by select(2) for one of two descriptors, since poll(2) does not support terminals on macOS. Returns which of them can be read or
    /// has ended; neither after the time limit.
    /// </summary>
    public static unsafe (bool First, bool Second) WaitForEither(SafeHandle first, SafeHandle second, TimeSpan timeout)
    {
        int a = (int)first.DangerousGetHandle(), b = (int)second.DangerousGetHandle(), count = Math.Max(a, b) + 1;
        Span<byte> set = stackalloc byte[Math.Max(SmallestSet, (count / 64 + 1) * sizeof(ulong))];
        while (true)
        {
            set.Clear();
            set[a / 8] |= Bit(a);
            set[b / 8] |= Bit(b);
            var time = TimeValue.Of(timeout);
            int ready;
            fixed (byte* bits = set)
                ready = Select(count, bits, null, null, timeout == Timeout.InfiniteTimeSpan ? null : &time);
            if (ready >= 0) return ready == 0 ? default : ((set[a / 8] & Bit(a)) != 0, (set[b / 8] & Bit(b)) != 0);
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted) throw new Win32Exception(error);
        }
    }

    private static byte Bit(int descriptor) => (byte)(1 << (descriptor % 8));

    [LibraryImport("libc", EntryPoint = "select", SetLastError = true)]
    private static unsafe partial int Select(int count, byte* readable, byte* writable, byte* exceptional, TimeValue* timeout);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollEntry descriptors, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private record struct PollEntry(int Descriptor, short Events, short Returned); // struct pollfd

    private struct TimeValue // struct timeval; macOS reads the lower half of the second field
    {
        public nint Seconds;
        public nint Microseconds;

        public static TimeValue Of(TimeSpan time)
        {
            var microseconds = Math.Max(0, (long)time.TotalMicroseconds);
            return new TimeValue { Seconds = (nint)(microseconds / 1_000_000), Microseconds = (nint)(microseconds % 1_000_000) };
        }
    }
}
