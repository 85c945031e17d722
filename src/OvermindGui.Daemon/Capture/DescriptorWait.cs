using System.ComponentModel;
using System.Runtime.InteropServices;

namespace OvermindGui.Daemon.Capture;

/// <summary>Waits for one of two descriptors by select(2): poll(2) knows no terminals on macOS.</summary>
internal static partial class DescriptorWait
{
    private const int Interrupted = 4; // EINTR
    private const int SmallestSet = 128; // FD_SETSIZE bits; Linux takes more

    /// <summary>Which of the two can be read, or has ended; neither when the time is over.</summary>
    public static unsafe (bool First, bool Second) Wait(SafeHandle first, SafeHandle second, TimeSpan timeout)
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
