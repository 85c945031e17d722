using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Supervision;

public class NoTerminalTests
{
    private const string Reason = "posix_openpt: No space left on device";

    [Fact(Timeout = 120_000)]
    public async Task Where_no_terminal_can_be_had_the_process_runs_over_pipes_and_log_and_output_say_why()
    {
        using var folder = new TestFolder();
        var queue = new WriteQueue();
        var log = new Warnings();
        var launcher = new ChildLauncher(
            folder.Folder, SessionCommands.WithSystemTools, _ => throw new IOException(Reason), queue, TimeProvider.System);
        var spec = new ProcessSpec(
            1, Plans.Of("web", "test -t 1 || echo piped; sleep 1000", Path.GetTempPath()), TerminalSize.Default, ChildEnvironment.From(_ => null));
        var process = new SupervisedProcess(
            spec, launcher, new EventRecorder(queue, 2, 1, TimeProvider.System), new RunNumbers(0), new StateSignal(TimeProvider.System),
            TimeProvider.System, log);

        Assert.Equal(new CommandOutcome(true, "Started web"), await process.StartAsync("test", Initiator.Daemon));

        var lines = new List<(LineSource, string)>();
        await foreach (var item in queue.Reader.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            if (item is LineBatch batch) lines.AddRange(batch.Lines.Select(l => (batch.Source, l.Text)));
            if (lines.Contains((LineSource.StandardOutput, "piped"))) break;
        }

        await process.DisposeAsync();
        Assert.Equal((LineSource.Notice, $"No terminal for this run ({Reason}); it prints into pipes"), lines[1]);
        Assert.Equal($"web runs over pipes, because there is no terminal for it: {Reason}", Assert.Single(log.Texts));
    }

    private sealed class Warnings : ILogger<SupervisedProcess>
    {
        public List<string> Texts { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Warning) Texts.Add(formatter(state, exception));
        }
    }
}
