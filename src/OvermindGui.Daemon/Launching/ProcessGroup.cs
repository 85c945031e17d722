using System.Runtime.InteropServices;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Posix;

namespace OvermindGui.Daemon.Launching;

/// <summary>The process group that a child leads. It outlives its leader, so "gone" is asked of the group, not of the child.</summary>
internal readonly record struct ProcessGroup(int Id)
{
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>Sends the signal to every member. No error when the group is gone already, or only strangers are left that may not be signalled.</summary>
    public void Signal(int signal)
    {
        if (NativeProcess.Kill(-Id, signal) == 0) return;
        var error = Marshal.GetLastPInvokeError();
        if (error is not (NativeProcess.NoSuchProcess or NativeProcess.NotPermitted))
            throw new InvalidOperationException($"kill(-{Id}, {signal}): {Marshal.GetPInvokeErrorMessage(error)}");
    }

    /// <summary>True while there is a member, be it a zombie.</summary>
    public bool Exists() => NativeProcess.Kill(-Id, 0) == 0 || Marshal.GetLastPInvokeError() != NativeProcess.NoSuchProcess;

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

    /// <summary>The PIDs of those that run. Linux only.</summary>
    public IEnumerable<int> Members()
    {
        var group = Id;
        return ProcessEntry.AllPids().Where(pid => NativeProcess.GroupOf(pid) == group && ProcessEntry.Of(pid) is { Runs: true } entry && entry.Group == group);
    }
}
