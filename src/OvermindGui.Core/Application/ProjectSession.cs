using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Project;
using OvermindGui.Core.Secrets;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Application;

/// <summary>
/// A caller's access to a project. Page, HTTP API, CLI and agents share these queries and commands, so that their answers agree.
/// </summary>
/// <param name="database">The project's database, which need not exist yet.</param>
/// <param name="launcher">Starts a daemon if the caller is allowed to; otherwise null.</param>
/// <param name="redact">Whether to hide secrets in output from the caller.</param>
public sealed class ProjectSession(OvermindDatabase database, DaemonLauncher? launcher, TimeProvider time, bool redact)
{
    public ProjectFolder Folder => database.Folder;

    public OvermindDatabase Database => database;

    public DaemonLauncher? Launcher => launcher;

    public TimeProvider Time => time;

    /// <summary>The caller.</summary>
    public Initiator Initiator { get; init; } = Initiator.ThisUser;

    /// <summary>Returns the same access for another caller.</summary>
    public ProjectSession For(Initiator initiator) => new(database, launcher, time, redact) { Initiator = initiator };

    internal CommandClient Commands => new(Database, time, Initiator);

    internal SystemSnapshot Read() => new SystemReader(Database).Read();

    /// <summary>The processes with these names, including instances of entries; all if no names are given.</summary>
    /// <exception cref="RequestException">A name is unknown.</exception>
    internal static IReadOnlyList<ProcessInfo> Select(SystemSnapshot snapshot, IReadOnlyCollection<string>? names)
    {
        if (names is not { Count: > 0 }) return snapshot.Processes;
        if (names.FirstOrDefault(name => !snapshot.Processes.Any(p => IsNamed(p, name))) is { } unknown)
            throw RequestException.UnknownProcess(unknown, snapshot.Processes.Select(p => p.Name));
        return [.. snapshot.Processes.Where(p => names.Any(name => IsNamed(p, name)))];
    }

    /// <summary>
    /// Selects the output of processes by name: those of <see cref="Select"/>, and those that only the history still knows; all if no names
    /// are given.
    /// </summary>
    /// <exception cref="RequestException">A name is unknown.</exception>
    public ProcessFilter OutputOf(IReadOnlyCollection<string>? names)
    {
        if (names is not { Count: > 0 }) return ProcessFilter.Everything;
        var processes = Read().Processes;
        string[] known = [.. processes.Select(p => p.Name).Union(Database.IsReady() ? new OutputHistory(Database).ProcessNames() : [])];
        return ProcessFilter.Only(names.SelectMany(name =>
            processes.Where(p => p.Entry == name).Select(p => p.Name).Append(name).Where(known.Contains).ToList() is { Count: > 0 } found
                ? found
                : throw RequestException.UnknownProcess(name, known)));
    }

    /// <summary>For a single answer, because it keeps state for multi-line private keys.</summary>
    internal Func<string, string, string> Redactor()
    {
        if (!redact) return (_, text) => text;
        var secrets = RecordedPlan.Load(Database).Processes.SelectMany(p => p.Environment)
            .Where(v => SecretNames.LooksSecret(v.Key, v.Value.Value)).Select(v => v.Value.Value);
        return new OutputRedactor(secrets).Redact;
    }

    private static bool IsNamed(ProcessInfo process, string name) => process.Name == name || process.Entry == name;
}
