using System.Globalization;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Supervision.Readiness;

public sealed class CommandProbeTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact(Timeout = 120_000)]
    public async Task A_command_runs_in_the_folder_and_environment_of_the_process()
    {
        var ready = await ReadyProbes.Of(Check("""echo "$ANSWER" > answer"""), folder: _folder.Folder.Root)
            .RunAsync(TestContext.Current.CancellationToken);
        Assert.True(ready.IsReady);
        Assert.Equal("42\n", await File.ReadAllTextAsync(PathOf("answer"), TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_command_is_run_again_until_it_ends_with_code_0()
    {
        var ready = ReadyProbes.Of(Check("echo x >> looks; test -f go"), folder: _folder.Folder.Root).RunAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => Lines("looks") > 1);
        Assert.False(ready.IsCompleted);
        await File.WriteAllTextAsync(PathOf("go"), "", TestContext.Current.CancellationToken);
        Assert.True((await ready).IsReady);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_last_code_is_the_reason_of_a_timeout()
    {
        var time = new SkippableTime();
        var ready = ReadyProbes.Of(Check("echo x >> looks; exit 7"), time, _folder.Folder.Root).RunAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => Lines("looks") > 1);
        time.Skip(ReadyProbes.Timeout);
        Assert.Equal("not ready after 300 s; it ended with code 7", (await ready).Problem);
    }

    [Fact(Timeout = 120_000)]
    public async Task What_a_command_leaves_running_is_killed()
    {
        var ready = await ReadyProbes.Of(Check("sleep 600 & echo $$ > group"), folder: _folder.Folder.Root)
            .RunAsync(TestContext.Current.CancellationToken);
        Assert.True(ready.IsReady);
        await Eventually.TrueAsync(() => !Group().IsAlive());
    }

    [Fact(Timeout = 120_000)]
    public async Task Cancelling_kills_the_command_and_its_children()
    {
        using var cancel = new CancellationTokenSource();
        var ready = ReadyProbes.Of(Check("echo $$ > group; sleep 600; true"), folder: _folder.Folder.Root).RunAsync(cancel.Token);
        await Eventually.TrueAsync(() => Lines("group") > 0);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ready);
        await Eventually.TrueAsync(() => !Group().IsAlive());
    }

    [Fact(Timeout = 120_000)]
    public async Task A_command_that_is_cancelled_as_it_starts_is_killed_too()
    {
        using var cancel = new CancellationTokenSource();
        var ready = ReadyProbes.Of(Check("echo $$ > group; sleep 600; true"), folder: _folder.Folder.Root).RunAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ready);
        if (Lines("group") > 0) await Eventually.TrueAsync(() => !Group().IsAlive());
    }

    [Fact(Timeout = 120_000)]
    public async Task A_command_that_hangs_is_killed_and_run_again()
    {
        var time = new SkippableTime();
        var ready = ReadyProbes.Of(Check("test -f group && exit 0; echo $$ > group; sleep 600; true"), time, _folder.Folder.Root)
            .RunAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => Lines("group") > 0);
        time.Skip(TimeSpan.FromSeconds(10));
        Assert.True((await ready).IsReady);
        await Eventually.TrueAsync(() => !Group().IsAlive());
    }

    public void Dispose() => _folder.Dispose();

    private static CommandReady Check(string command) => new(command, ReadyProbes.Interval, ReadyProbes.Timeout);

    private string PathOf(string name) => Path.Combine(_folder.Folder.Root, name);

    private int Lines(string name) => File.Exists(PathOf(name)) ? File.ReadAllLines(PathOf(name)).Length : 0;

    private ProcessGroup Group() => new(int.Parse(File.ReadAllText(PathOf("group")), CultureInfo.InvariantCulture));
}
