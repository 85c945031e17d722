using System.Globalization;
using OvermindGui.Core.Project.Environments;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Web.Live;

/// <summary>Parts of a plan in words.</summary>
internal static class PlanFormatter
{
    public static string SignalOf(PlannedProcess process) => $"SIG{StopSignals.ToText(process.StopSignal)}";

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
