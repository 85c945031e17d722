using System.Globalization;
using OvermindGui.Core.Project.Environments;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Web.Live;

/// <summary>Parts of a plan in words.</summary>
internal static class PlanFormatter
{
    public static string SignalOf(PlannedProcess process) => $"SIG{StopSignals.ToText(process.StopSignal)}";

    /// <summary>How a process is stopped: what asks it first, the signal, and SIGKILL; without what is secret.</summary>
    public static string StopOf(PlannedProcess process, SecretValues secrets)
    {
        var request = process.Stop switch
        {
            { KeyNames: { } keys } stop => $"the keys {keys}, then {SignalOf(process)} after {Seconds(stop.Timeout)}",
            { Command: { } command } stop => $"the command {secrets.Hide(command)}, then {SignalOf(process)} after {Seconds(stop.Timeout)}",
            _ => SignalOf(process),
        };
        return $"{request}, then SIGKILL after {Seconds(process.StopTimeout)}";
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.##} s");

    /// <summary>The stored form of the side file: <c>started</c>, <c>ready</c>, <c>completed</c>.</summary>
    public static string Of(DependencyCondition condition) => condition switch
    {
        DependencyCondition.Ready => "ready",
        DependencyCondition.Completed => "completed",
        _ => "started",
    };

    /// <summary>What is looked at, and where; without what is secret.</summary>
    public static (string Kind, string Target) Of(ReadyCheck check, SecretValues secrets) => check switch
    {
        PortReady port => ("port", port.Port?.ToString(CultureInfo.InvariantCulture) ?? "auto"),
        TcpReady tcp => ("tcp", $"{tcp.Host}:{tcp.Port}"),
        HttpReady http => ("http", secrets.Hide(http.Url.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.Unescaped))),
        LineReady line => ("line", line.Pattern),
        CommandReady command => ("command", command.Command),
        _ => throw new ArgumentOutOfRangeException(nameof(check), check, null),
    };
}
