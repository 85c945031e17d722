using System.Diagnostics;
using System.Runtime.Versioning;
using OvermindGui.Core.Control;
using OvermindGui.Core.Posix;
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

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void The_file_is_its_owners_alone_also_one_of_an_older_version()
    {
        DaemonLock.TryAcquire(Folder)!.Dispose();
        File.WriteAllText(Folder.PidFile, "4711\n");
        File.SetUnixFileMode(Folder.PidFile, PrivateFile.Mode | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        using var held = DaemonLock.TryAcquire(Folder);

        Assert.Equal(PrivateFile.Mode, File.GetUnixFileMode(Folder.PidFile));
    }

    [Fact(Timeout = 20_000)]
    [UnsupportedOSPlatform("windows")]
    public async Task A_lock_that_another_user_took_on_a_file_open_to_all_keeps_no_daemon_out()
    {
        await File.WriteAllTextAsync(Folder.PidFile, "", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(Folder.Root, File.GetUnixFileMode(Folder.Root) | UnixFileMode.OtherExecute | UnixFileMode.OtherRead);
        File.SetUnixFileMode(Folder.PidFile, PrivateFile.Mode | UnixFileMode.OtherRead);
        // Root can be another user, who may even take an exclusive lock; anyone else has to do with a shared one of their own.
        string[] words = Environment.UserName == "root"
            ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "flock", "-x", Folder.PidFile, "-c", "echo locked; exec sleep 60"]
            : ["flock", "-s", Folder.PidFile, "-c", "echo locked; exec sleep 60"];
        using var other = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true })!;
        try
        {
            Assert.Equal("locked", await other.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

            using var held = DaemonLock.TryAcquire(Folder);

            Assert.NotNull(held);
            Assert.True(DaemonLock.IsHeld(Folder));
        }
        finally
        {
            other.Kill(entireProcessTree: true);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_link_or_a_pipe_of_its_name_is_no_lock_and_stays_as_it_is(bool isLink)
    {
        var victim = Path.Combine(Folder.Root, "victim");
        File.WriteAllText(victim, "mine");
        if (isLink) File.CreateSymbolicLink(Folder.PidFile, victim);
        else Process.Start("mkfifo", [Folder.PidFile]).WaitForExit();

        Assert.False(DaemonLock.IsHeld(Folder));
        Assert.Null(DaemonLock.ReadPid(Folder));
        Assert.Throws<IOException>(() => DaemonLock.TryAcquire(Folder));
        Assert.Throws<IOException>(() => DaemonLock.RemoveStale(Folder));
        Assert.Equal("mine", File.ReadAllText(victim));
        Assert.NotNull(FileStatus.Of(Folder.PidFile));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_was_removed_or_replaced_is_written_again(bool replaced)
    {
        using var held = DaemonLock.TryAcquire(Folder)!;
        Assert.Equal(LockState.Held, held.Restore());
        File.Delete(Folder.PidFile);
        if (replaced) File.WriteAllText(Folder.PidFile, "something else");

        Assert.Equal(LockState.Restored, held.Restore());

        Assert.True(DaemonLock.IsHeld(Folder));
        Assert.Equal(Environment.ProcessId, DaemonLock.ReadPid(Folder));
        Assert.Equal(LockState.Held, held.Restore());
    }

    [Fact]
    public void A_file_that_another_daemon_holds_by_now_is_left_to_it()
    {
        var first = DaemonLock.TryAcquire(Folder)!;
        File.Delete(Folder.PidFile);
        using var second = DaemonLock.TryAcquire(Folder);

        Assert.Equal(LockState.Lost, first.Restore());
        first.Dispose();

        Assert.True(DaemonLock.IsHeld(Folder));
        Assert.True(File.Exists(Folder.PidFile));
    }

    [Fact]
    public void Without_its_folder_it_waits_and_in_a_new_one_it_is_written_again()
    {
        var folder = new ProjectFolder(Directory.CreateDirectory(Path.Combine(Folder.Root, "inner")).FullName);
        using var held = DaemonLock.TryAcquire(folder)!;
        Directory.Delete(folder.Root, recursive: true);
        Assert.Equal(LockState.NoFolder, held.Restore());

        Directory.CreateDirectory(folder.Root);
        Assert.Equal(LockState.Restored, held.Restore());
        Assert.True(DaemonLock.IsHeld(folder));
    }

    public void Dispose() => _project.Dispose();
}
