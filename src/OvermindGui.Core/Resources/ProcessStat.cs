using System.Buffers.Text;

namespace OvermindGui.Core.Resources;

/// <summary>The fields of <c>/proc/PID/stat</c> that sampling needs. Times are in ticks of 10 ms, memory in pages.</summary>
/// <param name="Ticks">CPU time of the process and of the children that it has waited for.</param>
internal readonly record struct ProcessStat(int Pid, int Parent, int Session, long Ticks, int Threads, long Birth, long Pages)
{
    /// <summary>The kernel's USER_HZ, which is 100 on all architectures that .NET supports.</summary>
    public const int TicksPerSecond = 100;

    /// <summary>Null for a text of another form. proc_pid_stat(5): "pid (name) state ppid pgrp session …"; the name may hold anything.</summary>
    public static ProcessStat? Parse(int pid, ReadOnlySpan<byte> text)
    {
        var end = text.LastIndexOf(")"u8);
        if (end < 0 || text.Length < end + 4) return null;
        var rest = text[(end + 4)..]; // behind the state, field 3
        Span<long> fields = stackalloc long[21]; // 4 to 24
        for (var i = 0; i < fields.Length; i++)
        {
            if (!Utf8Parser.TryParse(rest, out fields[i], out var used)) return null;
            rest = rest[used..];
            if (rest.Length > 0) rest = rest[1..];
        }

        return new ProcessStat(
            pid, (int)Field(fields, 4), (int)Field(fields, 6),
            Field(fields, 14) + Field(fields, 15) + Field(fields, 16) + Field(fields, 17),
            (int)Field(fields, 20), Field(fields, 22), Field(fields, 24));
    }

    private static long Field(ReadOnlySpan<long> fields, int number) => fields[number - 4];
}
