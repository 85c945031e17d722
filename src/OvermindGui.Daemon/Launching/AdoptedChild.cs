using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;

namespace OvermindGui.Daemon.Launching;

/// <summary>
/// A process that another daemon had started and that outlived it. It is nobody's child of ours: its end is looked for, how it ended nobody
/// tells, and what it prints is lost with the terminal or the pipes that the other daemon held.
/// </summary>
internal sealed class AdoptedChild : IChild
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    public AdoptedChild(TaggedProcess leader, TimeProvider time)
    {
        Pid = leader.Pid;
        Processes = new RunProcesses(new ProcessGroup(leader.Pid), leader.Mark);
        Exited = WaitForEndAsync(leader, time);
    }

    public int Pid { get; }

    public RunProcesses Processes { get; }

    public Task<ExitStatus?> Exited { get; }

    public Task OutputEnded => Task.CompletedTask;

    public Task<bool> TypeAsync(ReadOnlyMemory<byte> input) => Task.FromResult(false);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<ExitStatus?> WaitForEndAsync(TaggedProcess leader, TimeProvider time)
    {
        while (leader.Lives) await Task.Delay(Interval, time);
        return null;
    }
}
