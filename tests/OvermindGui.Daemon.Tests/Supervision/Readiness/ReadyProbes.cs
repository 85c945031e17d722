using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Supervision.Readiness;

namespace OvermindGui.Daemon.Tests.Supervision.Readiness;

/// <summary>Probes with short intervals, whose timeout is far away unless a test skips it.</summary>
internal static class ReadyProbes
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    public static ReadyProbe Of(ReadyCheck check, TimeProvider? time = null, string? folder = null, params int[] pids) => ReadyProbe.For(
        check,
        command => new TaggedCommand(
            SessionCommands.WithSystemTools(SessionCommands.SystemShell, command, null)
                .WithWorkingDirectory(folder ?? Path.GetTempPath())
                .WithEnvironmentVariables(new Dictionary<string, string?> { ["ANSWER"] = "42" }),
            new ProcessTag(0, 0)),
        () => pids,
        time ?? TimeProvider.System);
}
