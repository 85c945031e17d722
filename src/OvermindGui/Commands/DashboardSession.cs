using System.Runtime.InteropServices;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Registry;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;
using OvermindGui.Core.Timing;
using OvermindGui.Daemon.Hosting;
using OvermindGui.Hosting;
using OvermindGui.Invocation;
using OvermindGui.Options;
using OvermindGui.Web;
using OvermindGui.Web.Configuration;

namespace OvermindGui.Commands;

/// <summary>Serves the dashboard until a signal or the page ends it, then shuts down or restarts accordingly.</summary>
/// <param name="launcher">How the page starts a daemon; null if this dashboard does not start daemons.</param>
/// <param name="ownsDaemon">Whether Ctrl+C also stops the daemon, and quitting the daemon also ends the dashboard.</param>
/// <param name="startedDaemon">
/// Completes when a daemon is available. If it was started here and its exit policy ends it, the dashboard ends, too.
/// </param>
/// <param name="isDetached">Started in the background by another program of ours: says when it serves, and ends with the daemon.</param>
internal sealed class DashboardSession(
    ProjectFolder folder, DashboardEndpoint entrance, DaemonLauncher? launcher, BrowserChoice browser, Termination termination, bool ownsDaemon,
    Task<bool> startedDaemon, bool isDetached = false) : IDisposable
{
    // The stop timeouts of its processes are unknown here; a second Ctrl+C kills them, a third stops waiting.
    private static readonly TimeSpan LongestEnd = TimeSpan.FromMinutes(10);

    private readonly CancellationTokenSource _stop = new();
    private StopRequests? _requests;
    private Task? _cascade;
    private Task _watching = Task.CompletedTask;
    private Task _following = Task.CompletedTask;
    private RunningDaemon? _daemon;
    private Task _opening = Task.CompletedTask;
    private IDisposable? _registration;
    private Uri? _address;
    private int _exitCode;

    private bool StartedDaemon => startedDaemon is { IsCompletedSuccessfully: true, Result: true };

    /// <summary>Returns the exit code; does not return when the page requests a restart.</summary>
    public async Task<int> RunAsync()
    {
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, StopDashboard);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, ownsDaemon ? Cascade : StopDashboard);
        using var follower = new FolderFollower(folder);
        using var collecting = IdleCollector.Begin();
        _following = FollowAsync(follower);
        if (ownsDaemon) _daemon = await RunningDaemon.FindAsync(folder, CancellationToken.None);
        var port = entrance.Port;
        var exit = await WebServer.RunAsync(
            new WebServerOptions
            {
                Folder = folder,
                ListenSocket = entrance.Socket,
                Access = entrance.Access,
                DaemonLauncher = launcher,
                Projects = launcher is not null && UserState.OfThisUser() is { } state ? new UserProjects(state, SelfExecutable.Current(), TimeProvider.System) : null,
                Debug = InvocationContext.Debug,
                Ready = startedDaemon,
            },
            Announce,
            _stop.Token);
        if (_cascade is not null) await _cascade;
        await _stop.CancelAsync();
        await _watching;
        await _following;
        await _opening;
        _registration?.Dispose();
        if (exit == WebServerExit.RestartRequested) Restart(port);
        if (exit == WebServerExit.ShutDown) Console.WriteLine("All processes and the daemon have ended");
        return _exitCode;
    }

    public void Dispose()
    {
        _registration?.Dispose();
        _stop.Dispose();
    }

    private void Announce(Uri address)
    {
        // When the first process of a container ends, the kernel kills all others, so the daemon must end first.
        termination.ActBy(StartedDaemon && Termination.EndsContainer ? Cascade : _stop.Cancel);
        Console.WriteLine($"Overmind GUI {ProductVersion.Text} shows {folder} at {address.GetLeftPart(UriPartial.Authority)}");
        entrance.Announce(address);
        _address = address;
        Register();
        if (ownsDaemon) Console.WriteLine("Ctrl+C stops the processes, the daemon and the dashboard");
        if (isDetached)
        {
            Console.WriteLine($"{DaemonLauncher.ReadyLine} {address}");
            StartingTerminal.Detach();
        }

        _opening = Browser.OpenAsync(address, browser, _stop.Token);
        // Not earlier, because a dashboard that is stopped while it starts treats that as a failure.
        if (ownsDaemon || isDetached) _watching = EndWithDaemonAsync();
    }

    // The user's other dashboards link to this one. Without that, it works all the same.
    private void Register()
    {
        if (_address is null || UserState.OfThisUser() is not { } state) return;
        try
        {
            _registration?.Dispose();
            _registration = new DashboardRegistry(state).Register(folder, _address);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"Warning: your other dashboards will not link to this one: {e.Message}");
        }
    }

    private void StopDashboard(PosixSignalContext context)
    {
        context.Cancel = true;
        _stop.Cancel();
    }

    private void Cascade(PosixSignalContext context)
    {
        context.Cancel = true;
        Cascade();
    }

    private void Cascade() => LazyInitializer.EnsureInitialized(ref _requests, () => new StopRequests(Stop, Kill, Leave)).Take();

    // The page stays available while the processes end, so that users see their last states.
    private void Stop()
    {
        Console.WriteLine("Stopping the processes and the daemon... (Ctrl+C again kills what has not ended by then)");
        _cascade = CascadeAsync();
    }

    private void Kill()
    {
        Console.WriteLine("Killing the processes that have not ended yet... (Ctrl+C again leaves that to the daemon)");
        // What becomes of it is the answer to the quit that is under way.
        _ = new CommandClient(OvermindDatabase.In(folder), TimeProvider.System).SendAsync(CommandKind.Kill, null, LongestEnd, CancellationToken.None);
    }

    private static void Leave()
    {
        Console.WriteLine("The daemon goes on stopping the processes");
        Environment.Exit(130);
    }

    private async Task CascadeAsync()
    {
        await Task.WhenAny(startedDaemon); // a daemon that is still starting would miss the command
        var outcome = await new CommandClient(OvermindDatabase.In(folder), TimeProvider.System).QuitAsync(CancellationToken.None);
        // Identifies the daemon by its process, even if its files are gone.
        if (!outcome.Succeeded && _daemon is { Lives: true } daemon)
        {
            daemon.Terminate();
            if (await daemon.WaitForEndAsync(LongestEnd, TimeProvider.System, CancellationToken.None)) outcome = new CommandOutcome(true, "");
        }

        if (outcome.Succeeded) Console.WriteLine("All processes and the daemon have ended");
        else await Console.Error.WriteLineAsync($"Error: {outcome.Message}");
        await _stop.CancelAsync();
    }

    private async Task FollowAsync(FolderFollower follower)
    {
        try
        {
            while (true)
            {
                await Heartbeat.UntilAsync(follower.Follow, _stop.Token);
                Console.WriteLine($"The folder was moved to {folder}");
                Register();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // the dashboard ends
        }
    }

    private async Task EndWithDaemonAsync()
    {
        if (await new QuitWatch(folder, StartedDaemon).EndAsync(_stop.Token) is not { } end) return;
        _exitCode = end.ExitCode;
        if (end.Reason is { } reason) Console.WriteLine($"Everything was stopped: {VisibleText.Of(reason)}");
        else if (_cascade is null) Console.WriteLine("The daemon was asked to quit; the dashboard ends with it");
        await _stop.CancelAsync();
    }

    private void Restart(int port) => ProcessImage.Replace(
        SelfExecutable.Current(),
        [
            ownsDaemon ? "server" : "web", .. isDetached ? (string[])[DaemonLauncher.DetachedOption] : [], folder.Root, FolderArguments.DataName, folder.Data, "--port", $"{port}", "--no-ui", $"{ServerOptions.StartedDaemonName}={StartedDaemon}",
            .. entrance.Options, .. launcher?.Options ?? [WebCommand.NoDaemonName],
        ]);
}
