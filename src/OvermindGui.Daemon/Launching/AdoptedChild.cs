using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;

namespace OvermindGui.Daemon.Launching;

/// <summary>
/// A process that another daemon started and that outlived it. It is not our child, so its exit is detected by polling and its exit
/// status is unknown. Its output is lost: the other daemon held the terminal or the pipes.
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

    public AttachableTerminal? Attachable => null;

    public Task<bool> TypeAsync(ReadOnlyMemory<byte> input) => Task.FromResult(false);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<ExitStatus?> WaitForEndAsync(TaggedProcess leader, TimeProvider time)
    {
        while (leader.Lives) await Task.Delay(Interval, time);
        return null;
    }
}
