using System.CommandLine;
using OvermindGui.Commands;
using OvermindGui.Hosting;

namespace OvermindGui.Options;

/// <summary>Options of everything that serves the dashboard, and with it those of a daemon that it may start.</summary>
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

    /// <summary>Across a restart in place: the daemon that is found is one that this dashboard started.</summary>
    public Option<bool> StartedDaemon { get; } = new(StartedDaemonName) { Hidden = true };

    public AccessOptions Access { get; } = new();

    public DaemonFlags Daemon { get; } = new();

    /// <summary>What is to run and how.</summary>
    public PlanFlags Plan => Daemon.Plan;

    public ServerOptions() => Port.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var value }] && (!int.TryParse(value, out var port) || port is < 1 or > 65535))
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

    /// <summary>A flag wins over a variable, and nothing opens where either says so.</summary>
    public BrowserChoice Browser(ParseResult words) => words.GetValue(NoUi) || InvocationContext.NoBrowser ? BrowserChoice.None
        : words.GetResult(Window) is { Implicit: false } ? (words.GetValue(Window) ? BrowserChoice.Window : BrowserChoice.Tab)
        : InvocationContext.Window ? BrowserChoice.Window
        : BrowserChoice.Tab;

    /// <summary>The flags of a daemon that is started with these options.</summary>
    /// <exception cref="CommandFailure">A variable has a value that means nothing.</exception>
    public IReadOnlyList<string> DaemonArguments(ParseResult words) => Daemon.Arguments(words);

    /// <summary>All that was given, for another run with it.</summary>
    /// <exception cref="CommandFailure">An option or a variable has a value that means nothing.</exception>
    public IReadOnlyList<string> Arguments(ParseResult words) =>
        [.. words.GetValue(Port) is { } port ? (string[])[$"{Port.Name}={port}"] : [], .. Access.Arguments(words), .. DaemonArguments(words)];
}
