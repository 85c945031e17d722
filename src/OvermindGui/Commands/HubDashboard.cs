using System.CommandLine;
using System.Runtime.InteropServices;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;
using OvermindGui.Hosting;
using OvermindGui.Hub.Connecting;
using OvermindGui.Hub.Model;
using OvermindGui.Invocation;
using OvermindGui.Options;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.HubView;

namespace OvermindGui.Commands;

/// <summary><c>web --hub</c>: serves the projects of many machines until a signal ends it.</summary>
internal static class HubDashboard
{
    /// <param name="folder">Where the token is kept, if one is needed.</param>
    public static async Task<int> RunAsync(ParseResult words, ServerOptions options, ProjectFolder folder, HubAddress address)
    {
        using var termination = new Termination();
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        using var entrance = options.Access.Open(words, folder, words.GetValue(options.Port));
        await using var hub = new HubDatabase(address);
        var opening = Task.CompletedTask;
        await HubServer.RunAsync(
            new WebServerOptions { Folder = folder, ListenSocket = entrance.Socket, Access = entrance.Access, Debug = InvocationContext.Debug }, hub,
            served =>
            {
                termination.ActBy(stop.Cancel);
                Console.WriteLine($"Overmind GUI {ProductVersion.Text} shows the hub {address} at {served.GetLeftPart(UriPartial.Authority)}");
                entrance.Announce(served);
                opening = Browser.OpenAsync(served, options.Browser(words), stop.Token);
            },
            stop.Token);
        await opening;
        return 0;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }
}
