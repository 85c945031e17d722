using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd.Faults;

/// <summary>Random commands of four clients at once, while the database is locked, the disk is full, and files are deleted, replaced and slow.</summary>
public sealed class ChaosTests : IDisposable
{
    private const int Megabytes = 32; // of the disk
    private const int Clients = 4;
    private const string Counting = "count: i=0; while :; do i=$((i+1)); echo line $i; sleep 0.02; done";

    // A minute in `./run test long`.
    private static readonly TimeSpan Duration =
        TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("OVERMIND_GUI_CHAOS_SECONDS") ?? "10", CultureInfo.InvariantCulture));

    private static readonly int Seed =
        int.Parse(Environment.GetEnvironmentVariable("OVERMIND_GUI_CHAOS_SEED") ?? $"{Random.Shared.Next()}", CultureInfo.InvariantCulture);

    // A stop timeout and more, on a loaded machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly string[] Names = ["a", "b", "c"];

    private readonly TestFolder _project = new();
    private MountedDisk? _disk; // null where only root could have one: then the disk is not among the faults
    private int _files;
    private volatile bool _isFull;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private OvermindDatabase Database => OvermindDatabase.In(_project.Folder);

    [Fact(Timeout = 400_000)]
    public async Task Random_commands_and_faults_lose_no_line_leave_no_process_and_no_ghost_and_each_is_answered()
    {
        Figures.Print($"seed {Seed}: OVERMIND_GUI_CHAOS_SEED={Seed} runs the same commands");
        await using var disk = _disk = await MountedDisk.TryMountAsync(_project.Folder.Root, Megabytes);
        Save(Procfile("a: exec sleep 1000", "b: exec sleep 1000", "c: exec sleep 1000"));
        await using var daemon = await DetachedDaemon.StartAsync(_project.Folder);

        var clock = Stopwatch.StartNew();
        var faults = FaultsAsync(new Random(Seed), clock);
        var sent = await Task.WhenAll(Enumerable.Range(1, Clients).Select(i => ClientAsync(new Random(Seed + i), clock)));
        var injected = await faults;

        // Everything is quiet: what is shown is what runs.
        Save(Procfile("a: exec sleep 1000", "b: exec sleep 1000", "c: exec sleep 1000"));
        Assert.True((await SendAsync(CommandKind.Scale, "a=1,b=1,c=1")).Succeeded);
        Assert.True((await SendAsync(CommandKind.Reload, null)).Succeeded);
        var shown = new SystemReader(Database).Read().Processes;
        Assert.Equal(["count", "a", "b", "c"], shown.Select(p => p.Name));
        var running = shown.Where(p => p.State == ProcessState.Running).Select(p => p.Pid!.Value).ToHashSet();
        Assert.All(shown, p => Assert.True(p.State is ProcessState.Running or ProcessState.Stopped, $"{p.Name} is {p.State}"));
        Assert.Equal(running.Order(), TaggedProcess.Of(_project.Folder).Select(p => p.Group).Distinct().Order());

        // The end comes while the clients go on.
        var last = Stopwatch.StartNew();
        var others = Enumerable.Range(1, Clients).Select(i => SendAsync(Pick(new Random(Seed - i)), Names[i % Names.Length])).ToList();
        var quit = await new CommandClient(Database, TimeProvider.System).QuitAsync(TestContext.Current.CancellationToken);
        await Task.WhenAll(others);
        Assert.Equal(new CommandOutcome(true, "Daemon stopped"), quit);
        Assert.False(DaemonLock.IsHeld(_project.Folder));
        Assert.Empty(TaggedProcess.Of(_project.Folder));
        Assert.Empty(UnfinishedRuns.Find(Database));

        var numbers = NumberedLines.Of(_project.Folder, "count");
        Assert.Equal(1, numbers[0]);
        Figures.Print($"{sent.Sum()} commands, {injected} faults in {clock.Elapsed.TotalSeconds:F0} s; {NumberedLines.CountWhole(numbers)} lines, 0 lost; quit after {last.Elapsed.TotalSeconds:F1} s");
    }

    public void Dispose() => _project.Dispose();

    private async Task<int> ClientAsync(Random random, Stopwatch clock)
    {
        var sent = 0;
        for (; clock.Elapsed < Duration; sent++)
        {
            var name = Names[random.Next(Names.Length)];
            switch (random.Next(7))
            {
                case 0:
                    IfThereIsRoom(() => Save(Procfile(
                        $"a: exec sleep {random.Next(1000, 1003)}", "b: exec sleep 1000", "c: exec sleep 1000", random.Next(2) == 0 ? "extra: exec sleep 1000" : "")));
                    break;
                case 1:
                    IfThereIsRoom(() => new OutputClearing(Database, TimeProvider.System).Clear(name));
                    break;
                case 2:
                    await SendAsync(CommandKind.Scale, $"{name}={random.Next(1, 4)}");
                    break;
                case 3:
                    await SendAsync(CommandKind.Reload, null);
                    break;
                default:
                    await SendAsync(Pick(random), name);
                    break;
            }
        }

        return sent;
    }

    /// <summary>These write to the disk themselves; on a full one they may fail, a command may not.</summary>
    private void IfThereIsRoom(Action write)
    {
        var wasFull = _isFull;
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or SqliteException && (wasFull || _isFull))
        {
        }
    }

    private static CommandKind Pick(Random random) => random.Next(4) switch
    {
        0 => CommandKind.Start,
        1 => CommandKind.Stop,
        2 => CommandKind.Kill,
        _ => CommandKind.Restart,
    };

    /// <summary>An outcome of the daemon, be it a refusal. That none comes is what the test looks for.</summary>
    private async Task<CommandOutcome> SendAsync(CommandKind kind, string? subject)
    {
        var outcome = await new CommandClient(Database, TimeProvider.System).SendAsync(kind, subject, Patience, Cancellation).WaitAsync(Patience * 2, Cancellation);
        Assert.DoesNotContain("did not answer", outcome.Message, StringComparison.Ordinal);
        return outcome;
    }

    // Each fault lasts for a random time, and comes after one: no condition marks the moment at which it does harm.
    private async Task<int> FaultsAsync(Random random, Stopwatch clock)
    {
        var injected = 0;
        for (; clock.Elapsed < Duration; injected++)
        {
            switch (random.Next(_disk is null ? 4 : 5))
            {
                case 4:
                    _isFull = true;
                    _disk!.Fill();
                    await Task.Delay(random.Next(100, 1500), Cancellation);
                    _disk.Free();
                    _isFull = false;
                    break;
                case 0:
                    using (var other = Database.OpenConnection())
                    {
                        other.Execute(null, "BEGIN IMMEDIATE");
                        await Task.Delay(random.Next(100, 1000), Cancellation);
                        other.Execute(null, "ROLLBACK");
                    }

                    break;
                case 1:
                    File.Delete(_project.Folder.Socket);
                    break;
                case 2:
                    File.Delete(_project.Folder.PidFile);
                    break;
                default:
                    var pipe = NewFile();
                    using (var made = Process.Start("mkfifo", [pipe])) await made.WaitForExitAsync(Cancellation);
                    File.Move(pipe, _project.Folder.Procfile, overwrite: true); // nothing writes into it
                    await Task.Delay(random.Next(100, 1000), Cancellation);
                    Save(Procfile("a: exec sleep 1000", "b: exec sleep 1000", "c: exec sleep 1000"));
                    break;
            }

            await Task.Delay(random.Next(100, 500), Cancellation);
        }

        return injected;
    }

    private static string Procfile(params string[] others) => string.Join('\n', others.Prepend(Counting).Append(""));

    private void Save(string text)
    {
        var file = NewFile();
        File.WriteAllText(file, text);
        File.Move(file, _project.Folder.Procfile, overwrite: true);
    }

    private string NewFile() => Path.Combine(_project.Folder.Root, $"new-{Interlocked.Increment(ref _files)}");
}
