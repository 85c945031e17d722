using System.CommandLine;
using System.Globalization;
using OvermindGui.Hosting;
using OvermindGui.Invocation;

namespace OvermindGui.Options;

/// <summary>Options of the commands that serve the dashboard, including those of a daemon that they may start.</summary>
internal sealed class ServerOptions
{
    public const string PortName = "--port";
    public const string StartedDaemonName = "--started-daemon";

    public Option<int?> Port { get; } = new(PortName)
    {
        Description = "Port of the dashboard (default: the first free one from 8000)",
        HelpName = "n",
    };

    public Option<bool> NoUi { get; } = new("--no-ui") { Description = "Do not open a browser" };

    public Option<bool> Window { get; } = new("--window") { Description = "Open a window of its own (Chromium, Chrome or Edge) instead of a browser tab" };

    /// <summary>Keeps track, across a restart in place, that this dashboard started the running daemon.</summary>
    public Option<bool> StartedDaemon { get; } = new(StartedDaemonName) { Hidden = true };

    public AccessOptions Access { get; } = new();

    public DaemonFlags Daemon { get; } = new();

    /// <summary>The planning options.</summary>
    public PlanFlags Plan => Daemon.Plan;

    public ServerOptions() => Port.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var value }] && (!int.TryParse(value, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535))
            result.AddError($"--port {value}: expected a number from 1 to 65535");
    });

    public void AddTo(Command command)
    {
        command.Add(Port);
        command.Add(NoUi);
        command.Add(Window);
        command.Add(StartedDaemon);
        Access.AddTo(command);
        Daemon.AddTo(command);
    }

    /// <summary>A flag overrides a variable; either one can disable opening a browser.</summary>
    public BrowserChoice Browser(ParseResult words) => words.GetValue(NoUi) || InvocationContext.NoBrowser ? BrowserChoice.None
        : words.GetResult(Window) is { Implicit: false } ? (words.GetValue(Window) ? BrowserChoice.Window : BrowserChoice.Tab)
        : InvocationContext.Window ? BrowserChoice.Window
        : BrowserChoice.Tab;

    /// <summary>The flags for starting a daemon with these options.</summary>
    /// <exception cref="CommandFailure">A variable is invalid.</exception>
    public IReadOnlyList<string> DaemonArguments(ParseResult words) => Daemon.Arguments(words);

    /// <summary>All given options, for restarting with them.</summary>
    /// <exception cref="CommandFailure">An option or a variable is invalid.</exception>
    public IReadOnlyList<string> Arguments(ParseResult words) =>
        [.. words.GetValue(Port) is { } port ? (string[])[$"{Port.Name}={port}"] : [], .. Access.Arguments(words), .. DaemonArguments(words)];
}
