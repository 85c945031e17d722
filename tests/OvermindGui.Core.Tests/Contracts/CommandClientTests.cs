using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Contracts;

public sealed class CommandClientTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly TempProject _project = new TempProject().WithDatabase();
    private readonly CommandClient _client;

    public CommandClientTests() => _client = new CommandClient(_project.Client, TimeProvider.System);

    [Fact(Timeout = 20_000)]
    public async Task Without_a_daemon_nothing_is_asked()
    {
        var none = new CommandOutcome(false, "No daemon running");
        Assert.Equal(none, await _client.SendAsync(CommandKind.Stop, "web", Long, TestContext.Current.CancellationToken));
        Assert.Equal(none, await _client.QuitAsync(TestContext.Current.CancellationToken));
        Assert.Empty(_project.Query("SELECT id FROM daemon_commands", r => r.GetInt64(0)));
    }

    [Theory(Timeout = 20_000)]
    [InlineData(true, "stopped web")]
    [InlineData(false, "there is no process \"web\"")]
    public async Task The_answer_of_the_daemon_is_the_outcome(bool succeeded, string message)
    {
        using var held = DaemonLock.TryAcquire(_project.Folder);
        var sending = _client.SendAsync(CommandKind.Stop, "web", Long, TestContext.Current.CancellationToken);
        Assert.Equal(("stop", "web"), await AskedAsync());
        _project.Execute("UPDATE daemon_commands SET status = 'completed', succeeded = $1, outcome = $2", succeeded, message);
        Assert.Equal(new CommandOutcome(succeeded, message), await sending);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_command_for_all_names_no_process()
    {
        using var held = DaemonLock.TryAcquire(_project.Folder);
        var sending = _client.SendAsync(CommandKind.Restart, null, Long, TestContext.Current.CancellationToken);
        Assert.Equal(("restart", null), await AskedAsync());
        _project.Execute("UPDATE daemon_commands SET status = 'completed'");
        Assert.Equal(new CommandOutcome(true, ""), await sending);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_daemon_that_dies_does_not_answer()
    {
        using var held = DaemonLock.TryAcquire(_project.Folder)!;
        var sending = _client.SendAsync(CommandKind.Start, "web", Long, TestContext.Current.CancellationToken);
        await AskedAsync();
        held.Dispose();
        Assert.Equal(new CommandOutcome(false, "The daemon ended before it answered"), await sending);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_command_that_was_removed_is_said_to_be()
    {
        using var held = DaemonLock.TryAcquire(_project.Folder);
        var sending = _client.SendAsync(CommandKind.Start, "web", Long, TestContext.Current.CancellationToken);
        await AskedAsync();
        _project.Execute("DELETE FROM daemon_commands");
        Assert.Equal(new CommandOutcome(false, "The command was removed before it was carried out"), await sending);
    }

    [Fact(Timeout = 20_000)]
    public async Task Processes_that_are_given_longer_to_end_are_awaited_longer()
    {
        using var held = DaemonLock.TryAcquire(_project.Folder);
        _project.Execute("UPDATE daemons SET stop_limit = 17"); // two more than by default
        var outcome = await _client.SendAsync(
            CommandKind.Stop, "web", TimeSpan.FromMilliseconds(1), TestContext.Current.CancellationToken);
        Assert.StartsWith("The daemon did not answer within 2 seconds", outcome.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_daemon_that_does_not_answer_is_not_awaited_for_ever()
    {
        using var held = DaemonLock.TryAcquire(_project.Folder);
        var outcome = await _client.SendAsync(
            CommandKind.Start, "web", TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        Assert.False(outcome.Succeeded);
        Assert.StartsWith("The daemon did not answer within", outcome.Message, StringComparison.Ordinal);
        Assert.EndsWith(_project.Folder.DaemonLog, outcome.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_daemon_that_could_not_answer_is_not_asked()
    {
        using var held = DaemonLock.TryAcquire(_project.Folder);
        Assert.True(new StorageFaultFile(_project.Folder).Write("The disk is full"));
        var outcome = await _client.SendAsync(CommandKind.Stop, "web", Long, TestContext.Current.CancellationToken);
        Assert.False(outcome.Succeeded);
        Assert.Contains($"{_project.Folder.Database} cannot be written", outcome.Message, StringComparison.Ordinal);
        Assert.EndsWith("The disk is full", outcome.Message, StringComparison.Ordinal);
        Assert.Empty(_project.Query("SELECT id FROM daemon_commands", r => r.GetInt64(0)));
    }

    [Fact(Timeout = 20_000)]
    public async Task A_daemon_that_gets_into_trouble_before_it_answers_is_said_to_be_in_it()
    {
        using var held = DaemonLock.TryAcquire(_project.Folder);
        var sending = _client.SendAsync(CommandKind.Stop, "web", TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        await AskedAsync();
        Assert.True(new StorageFaultFile(_project.Folder).Write("The disk is full"));
        Assert.EndsWith("seconds; The disk is full", (await sending).Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20_000)]
    public async Task The_caller_can_give_up()
    {
        using var held = DaemonLock.TryAcquire(_project.Folder);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var sending = _client.SendAsync(CommandKind.Start, "web", Long, stop.Token);
        await AskedAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_quit_returns_when_the_daemon_is_gone()
    {
        using var held = DaemonLock.TryAcquire(_project.Folder)!;
        var quitting = _client.QuitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("quit", null), await AskedAsync());
        _project.Execute("UPDATE daemon_commands SET status = 'completed', succeeded = 1, outcome = ''");
        Assert.False(quitting.IsCompleted);
        held.Dispose();
        Assert.Equal(new CommandOutcome(true, "Daemon stopped"), await quitting);
    }

    public void Dispose() => _project.Dispose();

    // Waits as a daemon does until there is a command.
    private async Task<(string Command, string? Process)> AskedAsync()
    {
        using var watcher = new DatabaseChangeWatcher(_project.Folder, TimeSpan.FromMilliseconds(20));
        while (true)
        {
            await watcher.WaitAsync(TestContext.Current.CancellationToken);
            var rows = _project.Query(
                "SELECT command, process_name FROM daemon_commands WHERE status = 'pending'", r => (r.GetString(0), r.Nullable<string>(1)));
            if (rows is [var asked]) return asked;
        }
    }
}
