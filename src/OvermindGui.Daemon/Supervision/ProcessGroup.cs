using System.Globalization;
using System.Runtime.InteropServices;

namespace OvermindGui.Daemon.Supervision;

/// <summary>The process group that a child leads. It outlives its leader, so "gone" is asked of the group, not of the child.</summary>
internal readonly record struct ProcessGroup(int Id)
{
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>Sends the signal to every member. A group that is gone already is no error.</summary>
    public void Signal(int signal)
    {
        if (NativeMethods.Kill(-Id, signal) == 0) return;
        var error = Marshal.GetLastPInvokeError();
        if (error != NativeMethods.NoSuchProcess)
            throw new InvalidOperationException($"kill(-{Id}, {signal}): {Marshal.GetPInvokeErrorMessage(error)}");
    }

    /// <summary>True while there is a member, be it a zombie.</summary>
    public bool Exists() => NativeMethods.Kill(-Id, 0) == 0 || Marshal.GetLastPInvokeError() != NativeMethods.NoSuchProcess;

    /// <summary>True while a member runs. Zombies do not count: they run nothing, and whether they are reaped is not up to us.</summary>
    public bool IsAlive()
    {
        if (!Exists()) return false;
        return !OperatingSystem.IsLinux() || Members().Any();
    }

    /// <summary>True while a member other than the leader runs. Linux only.</summary>
    public bool HasOtherMembers()
    {
        var leader = Id;
        return Members().Any(pid => pid != leader);
    }

    private IEnumerable<int> Members()
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && IsLivingMember(directory))
                yield return pid;
    }

    // proc_pid_stat(5): "pid (name) state ppid pgrp …"; the name may hold spaces and parentheses.
    private bool IsLivingMember(string directory)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(directory, "stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ', 4);
            return fields[0] is not ("Z" or "X") && int.Parse(fields[2], CultureInfo.InvariantCulture) == Id;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // ended while we looked
        }
    }
}
