using Microsoft.Extensions.Logging.Abstractions;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Levels;
using OvermindGui.Daemon.Capture;
using OvermindGui.Daemon.Control;
using OvermindGui.Daemon.Hosting;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Faults;

/// <summary>A part of the daemon fails by a fault that nothing expects: that part says so, and the daemon goes on.</summary>
public class FailingPartTests
{
    private const int Timeout = 60_000;
    private const int SystemProcess = 7;

    private static readonly CommandOutcome Failed = new(false, "stop failed: the list has no element 3. Details are in the daemon's log");

    private readonly WriteQueue _queue = new();
    private readonly SkippableTime _time = new();
    private readonly EventRecorder _recorder;

    public FailingPartTests() => _recorder = new EventRecorder(_queue, SystemProcess, 1, _time);

    [Fact(Timeout = Timeout)]
    public async Task An_exception_in_a_command_is_the_outcome_of_that_command_and_the_next_one_is_carried_out()
    {
        var supervisor = new FailingSupervisor();
        var dispatcher = new CommandDispatcher(supervisor, _recorder, _time, NullLogger<CommandDispatcher>.Instance);

        var failed = await dispatcher.ExecuteAsync(new CommandRequest(CommandKind.Stop, "web", null, Initiator.Daemon), row: 3);
        var next = await dispatcher.ExecuteAsync(new CommandRequest(CommandKind.Start, "web", null, Initiator.Daemon), row: 4);
        await dispatcher.DrainAsync();

        Assert.Equal(Failed, failed);
        Assert.Equal(new CommandOutcome(true, "Started web"), next);
        Assert.False(dispatcher.QuitRequested.IsCompleted);
        var recorded = Recorded().OfType<RowChange>().Select(r => ((long)r.Parameters[0]!, (bool)r.Parameters[2]!, (string)r.Parameters[3]!)).ToList();
        Assert.Equal([(3L, false, Failed.Message), (4L, true, "Started web")], recorded);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_background_service_that_fails_is_reported_in_the_row_system_and_begins_again_after_a_growing_pause()
    {
        var (begun, recovered) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var loops = new SupervisedLoops(_recorder, _time, NullLogger<SupervisedLoops>.Instance);
        using var service = new LoopService("Watching the tides", RunAsync, loops);

        await service.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => recovered.Task.IsCompleted, () => _time.Skip(TimeSpan.FromSeconds(1)));

        Assert.False(service.ExecuteTask!.IsCompleted);
        await service.StopAsync(CancellationToken.None);
        Assert.Equal(3, begun);
        var notices = Recorded().OfType<LineBatch>().ToList();
        Assert.All(notices, n => Assert.Equal((SystemProcess, LineLevel.Error), (n.ProcessId, Assert.Single(n.Traits).Level)));
        Assert.Equal(
            [
                "Watching the tides failed (no moon 1) and begins again in 1 s; details are in the daemon's log",
                "Watching the tides failed (no moon 2) and begins again in 2 s; details are in the daemon's log",
            ],
            notices.Select(n => Assert.Single(n.Lines).Text));

        async Task RunAsync(CancellationToken stop)
        {
            if (++begun < 3) throw new InvalidOperationException($"no moon {begun}");
            recovered.SetResult();
            await Task.Delay(System.Threading.Timeout.Infinite, stop);
        }
    }

    private IEnumerable<WriteItem> Recorded()
    {
        while (_queue.Reader.TryRead(out var item)) yield return item;
    }

    private sealed class FailingSupervisor : ISupervisor
    {
        public IReadOnlyList<RunningProcess> Running => [];

        public void RestartFor(string process, RuleViolation violation) => throw new NotSupportedException();

        public TimeSpan StopLimit => TimeSpan.FromSeconds(1);

        public Task Failed => Task.CompletedTask;

        public Task<string> EndedByRule => Task.FromResult("");

        public int HighestExitCode => 0;

        public Task<CommandOutcome> ExecuteAsync(CommandKind kind, string? subject, Initiator by, string? cause = null) => kind == CommandKind.Stop
            ? throw new ArgumentOutOfRangeException(null, "the list has no element 3")
            : Task.FromResult(new CommandOutcome(true, $"Started {subject}"));

        public Task StartAllAsync(FirstStart first, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<CommandOutcome> TypeAsync(string process, string text) => Task.FromResult(new CommandOutcome(true, ""));

        public (IChild? Child, string Answer) Find(string process) => (null, $"{process} is not running");

        public Task StopAllAsync() => Task.CompletedTask;

        public Task KillAllAsync() => Task.CompletedTask;
    }
}
