using OvermindGui.Core.Checks;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Environments;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Resources;
using OvermindGui.Core.Secrets;

namespace OvermindGui.Core.Application;

/// <summary>Explains the configuration of processes, or the use of a port.</summary>
/// <param name="Processes">The configuration of each process, from the current files.</param>
/// <param name="Port">The listener on the requested port.</param>
/// <param name="Findings">The findings of <c>check</c>.</param>
public sealed record ExplainReport(int V, IReadOnlyList<PlannedReport>? Processes, PortReport? Port, IReadOnlyList<string>? Findings);

/// <summary>The configuration of a process.</summary>
/// <param name="Port">Value of its PORT.</param>
/// <param name="Listening">Ports on which it actually listens.</param>
/// <param name="PortHolder">The other program that holds its port.</param>
/// <param name="Variables">The variables and where each is set; secrets are hidden.</param>
public sealed record PlannedReport(
    string Name, string Command, string Folder, int? Port, IReadOnlyList<int>? Listening, HolderReport? PortHolder, string? NotStarted, IReadOnlyList<VariableReport> Variables);

/// <summary>A variable and where it is set.</summary>
public sealed record VariableReport(string Name, string Value, string From);

/// <summary>A port of this machine.</summary>
/// <param name="Holder">Null when nothing listens, or when the listener cannot be determined.</param>
public sealed record PortReport(int Port, bool Busy, HolderReport? Holder);

/// <summary>The listener on a port.</summary>
/// <param name="Process">The process of a project that it belongs to; null for other programs.</param>
/// <param name="Project">The folder of that project; null for this one.</param>
public sealed record HolderReport(int Pid, string Command, string? Process, string? Project)
{
    /// <summary>For display: <c>web of /srv/shop (PID 4711)</c>, or the command of another program.</summary>
    public override string ToString() => $"{(Process is null ? PlainText.Excerpt(Command) : Project is null ? Process : $"{Process} of {Project}")} (PID {Pid})";
}

/// <summary>Implements <c>explain</c>.</summary>
public sealed class ExplainQuery(ProjectSession session)
{
    public ExplainReport Explain(IReadOnlyCollection<string>? names, int? port)
    {
        var snapshot = session.Read();
        if (port is { } asked)
        {
            if (asked is < 1 or > 65_535) throw new RequestException(RequestException.BadRequestCode, "port: expected 1 to 65535");
            return new ExplainReport(1, null, new PortReport(asked, ListeningSockets.Read().ContainsKey(new ListeningPort(asked, false)), HolderOf(asked, snapshot)), null);
        }

        var plan = RecordedPlan.Load(session.Database);
        var chosen = names is not { Count: > 0 } ? plan.Processes : [.. plan.Processes.Where(p => names.Contains(p.Name) || names.Contains(p.Entry))];
        if (names?.FirstOrDefault(name => !plan.Processes.Any(p => p.Name == name || p.Entry == name)) is { } unknown)
            throw RequestException.UnknownProcess(unknown, plan.Processes.Select(p => p.Name));
        var findings = ProjectChecks.Find(session.Folder, plan).Select(f => SecretText.Redact($"{f.Place}: {f.Message}")).ToList();
        return new ExplainReport(1, [.. chosen.Select(p => Describe(p, snapshot))], null, findings.Count > 0 ? findings : null);
    }

    private PlannedReport Describe(PlannedProcess process, SystemSnapshot snapshot)
    {
        var listening = snapshot.Processes.FirstOrDefault(p => p.Name == process.Name)?.TcpPorts ?? [];
        var holder = process.Port is { } planned && !listening.Contains(planned) ? HolderOf(planned, snapshot) : null;
        var secrets = new SecretValues(process.Environment);
        return new PlannedReport(
            process.Name, SecretText.Redact(secrets.Hide(process.Command)), process.WorkingDirectory, process.Port, listening.Count > 0 ? listening : null, holder, process.NotStartedReason,
            [
                .. process.Environment.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => new VariableReport(
                    v.Key, secrets.Has(v.Key, v.Value.Value) ? SecretText.Hidden : v.Value.Value, v.Value.Origin.ToString())),
            ]);
    }

    /// <summary>The listener on a port; null when there is none, or when it cannot be determined.</summary>
    public HolderReport? HolderOf(int port) => HolderOf(port, session.Read());

    private HolderReport? HolderOf(int port, SystemSnapshot snapshot) => snapshot.Processes.FirstOrDefault(p => p.TcpPorts.Contains(port)) is { Pid: { } pid } own
        ? new HolderReport(pid, SecretText.Redact(own.Command), own.Name, null)
        : PortOwner.Of(port) is { } owner
            ? new HolderReport(
                owner.Holder.Pid, SecretText.Redact(owner.Holder.Command), owner.Process, owner.Project == session.Folder.Root ? null : owner.Project)
            : null;
}
