using System.Globalization;

namespace OvermindGui.Core.Contracts;

/// <summary>A process, as read from <c>/proc/PID/stat</c>. Linux only: empty on other systems.</summary>
/// <param name="State">The kernel's letter, such as <c>R</c>, <c>S</c>, <c>T</c>, <c>Z</c>.</param>
/// <param name="Birth">Start time in ticks since boot. Together with the PID it identifies a process uniquely.</param>
public readonly record struct ProcessEntry(int Pid, char State, int Parent, int Group, long Birth)
{
    // proc_pid_stat(5): "pid (name) state ppid pgrp …"; the name may hold spaces and parentheses. The start is field 22, state the third.
    private const int FieldsToBirth = 20;

    /// <summary>False for a zombie: it has ended, but its parent has not collected its exit status yet.</summary>
    public bool Runs => State is not ('Z' or 'X');

    /// <summary>Null when there is none.</summary>
    public static ProcessEntry? Of(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ', FieldsToBirth + 1);
            return new ProcessEntry(pid, fields[0][0], Number(fields[1]), Number(fields[2]), long.Parse(fields[FieldsToBirth - 1], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // ended, perhaps during the read
        }
    }

    /// <summary>The program's name according to the kernel, without control characters; null when there is none.</summary>
    public static string? NameOf(int pid)
    {
        try
        {
            return string.Concat(File.ReadAllText($"/proc/{pid}/comm").Where(c => !char.IsControl(c)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The PIDs of all processes that can be seen.</summary>
    public static IEnumerable<int> AllPids()
    {
        if (!OperatingSystem.IsLinux()) yield break;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)) yield return pid;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
