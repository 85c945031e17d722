using System.Runtime.InteropServices;

namespace OvermindGui.Core.Posix;

/// <summary>
/// Time since the machine started, including sleep. Nothing can adjust this clock, so it reveals jumps of the system time. On systems other
/// than Linux it uses the clock of <see cref="TimeProvider"/>, which may stop while the machine sleeps.
/// </summary>
public sealed partial class BootClock : TimeProvider
{
    private const int BootTime = 7; // CLOCK_BOOTTIME
    private const long NanosecondsPerSecond = 1_000_000_000;

    private BootClock()
    {
    }

    public static BootClock Instance { get; } = new();

    public override long TimestampFrequency => OperatingSystem.IsLinux() ? NanosecondsPerSecond : base.TimestampFrequency;

    public override long GetTimestamp() =>
        OperatingSystem.IsLinux() && GetTime(BootTime, out var time) == 0 ? time.Seconds * NanosecondsPerSecond + time.Nanoseconds : base.GetTimestamp();

    // struct timespec on 64-bit systems, the only ones that the product is built for.
    private readonly record struct TimeSpec(long Seconds, long Nanoseconds);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);
}
