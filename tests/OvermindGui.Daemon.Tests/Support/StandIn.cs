using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Launching;

namespace OvermindGui.Daemon.Tests.Support;

/// <summary>The stand-ins for overmind and tmux.</summary>
internal static class StandIn
{
    private static readonly string Overmind = Path.Combine(AppContext.BaseDirectory, "overmind");

    private static readonly string SearchPath =
        $"{AppContext.BaseDirectory}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";

    /// <summary>Of a daemon that finds them.</summary>
    public static DaemonOptions Options(
        ProjectFolder folder, FailureAction onFailure = FailureAction.Restart, TimeProvider? time = null) => new()
        {
            Folder = folder,
            Detached = true,
            Mode = DaemonMode.Overmind,
            SearchPath = SearchPath,
            OnFailure = onFailure,
            Time = time ?? TimeProvider.System,
        };

    /// <summary>Makes the overmind of a folder behave differently: <c>mute</c>, <c>deaf</c>, <c>timestamps</c>, <c>late</c>.</summary>
    public static void GiveHabit(ProjectFolder folder, string habit) => File.WriteAllText(Path.Combine(folder.Root, "stand-in.habits"), habit);

    public static string SocketOf(ProjectFolder folder) => Path.Combine(folder.Root, ".overmind.sock");

    /// <summary>PID of a daemon's overmind.</summary>
    public static int PidOf(TestDaemon daemon) => int.Parse(Said(daemon, "overmind started with PID "), CultureInfo.InvariantCulture);

    /// <summary>The file that is a tmux server here.</summary>
    public static string TmuxServerOf(TestDaemon daemon) => Path.Combine(Path.GetTempPath(), Said(daemon, "Tmux socket name: "));

    /// <summary>Fails when any of them still runs, and ends it then.</summary>
    public static void AssertGone(IEnumerable<ProcessGroup> groups)
    {
        var alive = groups.Where(group => group.IsAlive()).ToList();
        alive.ForEach(group => group.Signal(ProcessGroup.Kill));
        Assert.Empty(alive);
    }

    /// <summary>Runs a command to the folder's overmind, as a person would beside the daemon.</summary>
    public static async Task<string> RunAsync(ProjectFolder folder, params string[] words)
    {
        var command = Cli.Wrap(Overmind).WithArguments(words).WithWorkingDirectory(folder.Root);
        var result = await TaggedProcessStarter.WithoutMark(() => command.ExecuteBufferedAsync(TestContext.Current.CancellationToken));
        return result.StandardOutput;
    }

    /// <summary>An overmind that no daemon has started; it ends with the test.</summary>
    public static async Task<IAsyncDisposable> StartForeignAsync(ProjectFolder folder)
    {
        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var command = Cli.Wrap(Overmind).WithArguments(["start"]).WithWorkingDirectory(folder.Root).WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(line =>
            {
                if (line.Contains("Started with pid", StringComparison.Ordinal)) listens.TrySetResult();
            }));
        var life = TaggedProcessStarter.WithoutMark(() => command.ExecuteAsync());
        await Task.WhenAny(listens.Task, life.Task);
        return new Foreign(folder, life.Task);
    }

    private static string Said(TestDaemon daemon, string beginning) =>
        daemon.Lines("system").Last(l => l.Text.StartsWith(beginning, StringComparison.Ordinal)).Text[beginning.Length..];

    private sealed class Foreign(ProjectFolder folder, Task life) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            // Not under the test's token: it may be what ended the test.
            var command = Cli.Wrap(Overmind).WithArguments(["quit"]).WithWorkingDirectory(folder.Root);
            await TaggedProcessStarter.WithoutMark(() => command.ExecuteAsync(CancellationToken.None));
            await life;
        }
    }
}
