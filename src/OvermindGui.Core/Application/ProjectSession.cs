using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Secrets;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Application;

/// <summary>
/// One caller's access to a project, whichever way it came: page, HTTP, command line and agents ask the same queries and commands of this folder,
/// so that they say the same about the same thing.
/// </summary>
/// <param name="launcher">Starts a daemon where the caller may; null where it may not.</param>
/// <param name="redact">Whether secrets in output are hidden from the caller.</param>
public sealed class ProjectSession(ProjectFolder folder, DaemonLauncher? launcher, TimeProvider time, bool redact)
{
    public ProjectFolder Folder => folder;

    public OvermindDatabase Database { get; } = OvermindDatabase.In(folder);

    public DaemonLauncher? Launcher => launcher;

    public TimeProvider Time => time;

    /// <summary>Who asks.</summary>
    public Initiator Initiator { get; init; } = Initiator.ThisUser;

    /// <summary>The same access for another caller.</summary>
    public ProjectSession For(Initiator initiator) => new(folder, launcher, time, redact) { Initiator = initiator };

    internal CommandClient Commands => new(Database, time, Initiator);

    internal SystemSnapshot Read() => new SystemReader(Database).Read();

    /// <summary>The processes of these names, instances of entries among them; all for none.</summary>
    /// <exception cref="RequestException">A name is not known.</exception>
    internal static IReadOnlyList<ProcessInfo> Select(SystemSnapshot snapshot, IReadOnlyCollection<string>? names)
    {
        if (names is not { Count: > 0 }) return snapshot.Processes;
        if (names.FirstOrDefault(name => !snapshot.Processes.Any(p => IsNamed(p, name))) is { } unknown)
            throw new RequestException("unknown_process", $"Unknown process: {unknown} (known: {string.Join(", ", snapshot.Processes.Select(p => p.Name))})");
        return [.. snapshot.Processes.Where(p => names.Any(name => IsNamed(p, name)))];
    }

    /// <summary>For one answer: it remembers where keys of several lines begin.</summary>
    internal Func<string, string, string> Redactor()
    {
        if (!redact) return (_, text) => text;
        var secrets = RecordedPlan.Load(Database).Processes.SelectMany(p => p.Environment)
            .Where(v => SecretNames.LooksSecret(v.Key, v.Value.Value)).Select(v => v.Value.Value);
        return new OutputRedactor(secrets).Redact;
    }

    private static bool IsNamed(ProcessInfo process, string name) => process.Name == name || process.Entry == name;
}
