using Microsoft.Extensions.Logging;
using OvermindGui.Core.Data;
using OvermindGui.Core.Planning;
using OvermindGui.Daemon.Failures;
using OvermindGui.Daemon.Hosting;
using OvermindGui.Daemon.Output;

namespace OvermindGui.Daemon.Supervision;

/// <summary>Makes supervised processes of planned ones.</summary>
internal sealed class ProcessFactory(
    OvermindDatabase database, DaemonOptions options, DeclarationsKeeper declarations, ChildLauncher launcher, Journal journal,
    RunNumbers runs, Changes changes, TimeProvider time, ILogger<SupervisedProcess> logger)
{
    public SupervisedProcess Create(PlannedProcess plan) =>
        new(Spec(plan), launcher, journal, runs, changes, time, logger) { Declarations = declarations.Of(plan.Name, plan.Entry) };

    public ProcessSpec Spec(PlannedProcess plan)
    {
        var piped = plan.Pty is { } pty ? !pty : options.Piped.Contains(plan.Name) || options.Piped.Contains(plan.Entry);
        var environment = ChildEnvironment.From(
            Environment.GetEnvironmentVariable, plan.Environment.ToDictionary(v => v.Key, v => v.Value.Value));
        return new ProcessSpec(IdOf(plan.Name), plan, piped ? null : options.Window, environment);
    }

    // Before its first line, because lines refer to it.
    private int IdOf(string name)
    {
        using var connection = database.OpenConnection();
        connection.Execute(null, "INSERT INTO processes(name, line_count) VALUES ($1, 0) ON CONFLICT DO NOTHING", name);
        return (int)(long)connection.Scalar("SELECT id FROM processes WHERE name = $1", name)!;
    }
}
