using System.Runtime.InteropServices;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Registry;
using OvermindGui.Hosting;
using OvermindGui.Invocation;
using OvermindGui.Web;
using OvermindGui.Web.Configuration;

namespace OvermindGui.Commands;

/// <summary><c>dashboard --all</c>: serves the dashboards of all projects of this user until a signal ends it. No daemon ends with it.</summary>
internal sealed class AllProjectsSession(DashboardEndpoint entrance, BrowserChoice browser, Termination termination) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _opening = Task.CompletedTask;

    public async Task<int> RunAsync()
    {
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        var port = entrance.Port; // now: the server closes the socket when it ends
        var options = new AllProjectsOptions
        {
            State = UserState.OfThisUser() ?? throw new CommandFailure("Error: This user has no home folder; set XDG_STATE_HOME to the folder in which the list of projects is kept"),
            Executable = SelfExecutable.Current(),
            ListenSocket = entrance.Socket,
            NoInput = entrance.Access.NoInput,
            Debug = InvocationContext.Debug,
        };
        var exit = await AllProjectsServer.RunAsync(options, Announce, _stop.Token);
        await _stop.CancelAsync();
        await _opening;
        if (exit == WebServerExit.RestartRequested)
            ProcessImage.Replace(SelfExecutable.Current(), ["web", WebCommand.AllName, "--port", $"{port}", "--no-ui", .. entrance.Options]);
        return 0;
    }

    public void Dispose() => _stop.Dispose();

    private void Announce(Uri address)
    {
        termination.ActBy(_stop.Cancel);
        Console.WriteLine($"Overmind GUI {ProductVersion.Text} shows all your projects at {address.GetLeftPart(UriPartial.Authority)}");
        _opening = Browser.OpenAsync(address, browser, _stop.Token);
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        _stop.Cancel();
    }
}
