using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests;

public class LifeTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_daemon_holds_the_lock_and_its_pid_for_its_life()
    {
        using var folder = new TestFolder("p: sleep 1000");
        await using (await TestDaemon.StartAsync(folder.Folder))
        {
            Assert.True(DaemonLock.IsHeld(folder.Folder));
            Assert.Equal(Environment.ProcessId, DaemonLock.ReadPid(folder.Folder));
        }

        Assert.False(DaemonLock.IsHeld(folder.Folder));
        Assert.False(File.Exists(folder.Folder.PidFile));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_second_daemon_on_the_folder_is_refused()
    {
        await using var daemon = await TestDaemon.StartAsync("p: sleep 1000");

        var refusal = await Assert.ThrowsAsync<StartupException>(() => TestDaemon.StartAsync(daemon.Folder));

        Assert.Equal($"A daemon is already running in {daemon.Folder} (PID {Environment.ProcessId})", refusal.Message);
        Assert.Equal(ProcessState.Running, daemon.Info("p").State);
    }

    [Fact(Timeout = Timeout)]
    public async Task Quit_ends_every_process_and_then_the_daemon()
    {
        await using var daemon = await TestDaemon.StartAsync("p: sleep 1000", $"deaf: {Dummy.IgnoreTerminate}");
        await daemon.WaitForLineAsync("deaf", "deaf");
        var groups = new[] { "p", "deaf" }.Select(n => new ProcessGroup(daemon.Info(n).Pid!.Value)).ToList();

        var outcome = await new CommandClient(daemon.Database, TimeProvider.System).QuitAsync(TestContext.Current.CancellationToken);
        await daemon.Ended;

        Assert.True(outcome.Succeeded, outcome.Message);
        Assert.All(groups, group => Assert.False(group.IsAlive()));
        Assert.All(new SystemReader(daemon.Database).Read().Processes, p => Assert.Equal(ProcessState.Stopped, p.State));
        using var context = daemon.Database.CreateDbContext();
        Assert.NotNull(context.Daemons.Single().EndedAt);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_next_daemon_keeps_the_history()
    {
        using var folder = new TestFolder("p: echo once; sleep 1000");
        await using (var first = await TestDaemon.StartAsync(folder.Folder)) await first.WaitForLineAsync("p", "once");

        await using var second = await TestDaemon.StartAsync(folder.Folder);
        await second.WaitForAsync("p", _ => second.Output("p").Count() == 2);

        Assert.Equal(2, second.Output("p").Select(l => l.RunId).Distinct().Count());
    }

    [Fact(Timeout = Timeout)]
    public async Task Bad_lines_are_reported_and_the_valid_ones_run()
    {
        await using var daemon = await TestDaemon.StartAsync("good: sleep 1000", "what is this", "good: again", "bad name: x");

        var snapshot = new SystemReader(daemon.Database).Read();

        Assert.Equal("good", Assert.Single(snapshot.Processes).Name);
        Assert.Equal(3, snapshot.ProcfileProblems.Count);
        Assert.StartsWith("Procfile line 2: ", snapshot.ProcfileProblems[0], StringComparison.Ordinal);
        Assert.StartsWith("Procfile line 3: ", snapshot.ProcfileProblems[1], StringComparison.Ordinal);
        Assert.StartsWith("Procfile line 4: ", snapshot.ProcfileProblems[2], StringComparison.Ordinal);
        Assert.Contains(snapshot.ProcfileProblems[2], daemon.Lines("system").Select(l => l.Text));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("")]
    [InlineData("# only a comment\nnonsense\n")]
    public async Task A_Procfile_without_entries_is_refused_with_the_reasons(string procfile)
    {
        using var folder = new TestFolder(procfile);

        var refusal = await Assert.ThrowsAsync<StartupException>(() => TestDaemon.StartAsync(folder.Folder));

        Assert.Contains("no entries found", refusal.Message, StringComparison.Ordinal);
        if (procfile.Length > 0) Assert.Contains("Procfile line 2: ", refusal.Message, StringComparison.Ordinal);
        Assert.False(DaemonLock.IsHeld(folder.Folder));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_damaged_database_is_set_aside_and_said()
    {
        using var folder = new TestFolder("p: echo hello; sleep 1000");
        await File.WriteAllTextAsync(folder.Folder.Database, new string('x', 5000), TestContext.Current.CancellationToken);

        await using var daemon = await TestDaemon.StartAsync(folder.Folder);
        await daemon.WaitForLineAsync("p", "hello");

        var aside = Assert.Single(Directory.GetFiles(folder.Folder.Root, "overmind.db.corrupt-*"));
        Assert.Equal(5000, new FileInfo(aside).Length);
        Assert.Contains(Path.GetFileName(aside), new SystemReader(daemon.Database).Read().Warning!, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_database_of_another_program_is_set_aside_and_said()
    {
        using var folder = new TestFolder("p: sleep 1000");
        using (var connection = new SqliteConnection($"Data Source={folder.Folder.Database};Pooling=False"))
        {
            connection.Open();
            connection.Execute(null, "CREATE TABLE output_lines(id INTEGER PRIMARY KEY, process TEXT, html TEXT)");
        }

        await using var daemon = await TestDaemon.StartAsync(folder.Folder);

        Assert.Single(Directory.GetFiles(folder.Folder.Root, "overmind.db.foreign-*"));
        Assert.Contains("another program", new SystemReader(daemon.Database).Read().Warning!, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        using var folder = new TestFolder("p: sleep 1000");
        await using (var daemon = await TestDaemon.StartAsync(folder.Folder))
        using (var connection = daemon.Database.OpenConnection())
            connection.Execute(null, "INSERT INTO __EFMigrationsHistory VALUES ('99990101000000_Future', '99.0.0')");

        var refusal = await Assert.ThrowsAsync<StartupException>(() => TestDaemon.StartAsync(folder.Folder));

        Assert.Contains("newer version", refusal.Message, StringComparison.Ordinal);
    }
}
