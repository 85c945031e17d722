using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Project;

public sealed class DaemonLockTests : IDisposable
{
    private readonly TempProject _project = new();

    private ProjectFolder Folder => _project.Folder;

    [Fact]
    public void Only_one_can_hold_it()
    {
        using var first = DaemonLock.TryAcquire(Folder);
        Assert.NotNull(first);
        Assert.Null(DaemonLock.TryAcquire(Folder));
        Assert.True(DaemonLock.IsHeld(Folder));
    }

    [Fact]
    public void Once_released_it_can_be_taken_again()
    {
        DaemonLock.TryAcquire(Folder)!.Dispose();
        Assert.False(DaemonLock.IsHeld(Folder));
        Assert.False(File.Exists(Folder.PidFile));
        using var second = DaemonLock.TryAcquire(Folder);
        Assert.NotNull(second);
    }

    [Fact]
    public void The_pid_can_be_read_while_it_is_held()
    {
        using var held = DaemonLock.TryAcquire(Folder);
        Assert.Equal(Environment.ProcessId, DaemonLock.ReadPid(Folder));
    }

    [Fact]
    public void A_leftover_file_says_nothing()
    {
        File.WriteAllText(Folder.PidFile, $"{Environment.ProcessId}\n");
        Assert.False(DaemonLock.IsHeld(Folder));
        using var held = DaemonLock.TryAcquire(Folder);
        Assert.NotNull(held);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("abc", null)]
    [InlineData("-5", null)]
    [InlineData("99999999999999", null)]
    [InlineData(" 42 \n", 42)]
    public void Only_a_number_is_a_pid(string content, int? pid)
    {
        File.WriteAllText(Folder.PidFile, content);
        Assert.Equal(pid, DaemonLock.ReadPid(Folder));
    }

    [Fact]
    public void A_missing_file_has_no_pid_and_no_holder()
    {
        Assert.Null(DaemonLock.ReadPid(Folder));
        Assert.False(DaemonLock.IsHeld(Folder));
        Assert.False(DaemonLock.IsHeld(new ProjectFolder("/nonexistent/folder")));
    }

    [Fact]
    public void A_stale_file_is_removed_and_a_held_one_is_not()
    {
        Assert.False(DaemonLock.RemoveStale(Folder));
        File.WriteAllText(Folder.PidFile, "4711\n");
        Assert.True(DaemonLock.RemoveStale(Folder));
        Assert.False(File.Exists(Folder.PidFile));

        using var held = DaemonLock.TryAcquire(Folder);
        Assert.False(DaemonLock.RemoveStale(Folder));
        Assert.True(File.Exists(Folder.PidFile));
    }

    [Fact(Timeout = 20_000)]
    public async Task Readers_neither_disturb_each_other_nor_the_daemon()
    {
        using var held = DaemonLock.TryAcquire(Folder);
        await Parallel.ForAsync(0, 500, TestContext.Current.CancellationToken, (_, _) =>
        {
            Assert.True(DaemonLock.IsHeld(Folder));
            return ValueTask.CompletedTask;
        });
        held!.Dispose();

        File.WriteAllText(Folder.PidFile, "4711\n");
        await Parallel.ForAsync(0, 500, TestContext.Current.CancellationToken, (_, _) =>
        {
            Assert.False(DaemonLock.IsHeld(Folder));
            return ValueTask.CompletedTask;
        });
    }

    public void Dispose() => _project.Dispose();
}
