using System.Text;

namespace OvermindGui.Core.Contracts;

/// <summary>The kind of caller that requested something.</summary>
public enum InitiatorKind
{
    /// <summary>The daemon itself, at its start or end.</summary>
    Daemon,

    /// <summary>Someone at the page.</summary>
    Page,

    /// <summary>Someone at a command line; the name is the user's.</summary>
    CommandLine,

    /// <summary>A program that calls the HTTP API; the name is the one it reports.</summary>
    Api,

    /// <summary>A tool call over the Model Context Protocol; the name is the client's.</summary>
    Mcp,

    /// <summary>Someone at another machine, through the hub; the name is that of the hub's user.</summary>
    Hub,

    /// <summary>A row that a script inserted into <c>daemon_commands</c>.</summary>
    Script,

    /// <summary>A failure declaration that matched a line; the name is its pattern.</summary>
    FailureDeclaration,

    /// <summary>The restart rule of a process that ended unexpectedly.</summary>
    RestartRule,

    /// <summary>A change to the project's files while the daemon watches them.</summary>
    FileWatch,

    /// <summary>A limit that a process exceeded; the name says which.</summary>
    Limit,

    /// <summary>A liveness check that failed; the name says why.</summary>
    Liveness,

    /// <summary>The schedule of a process; the name is its cron line.</summary>
    Schedule,

    /// <summary>A change to a file that a process watches; the name is the file's.</summary>
    FileChange,

    /// <summary>An alert; the name is the rule's.</summary>
    Alert,

    /// <summary>A signal to the daemon, such as SIGTERM or that of Ctrl+C.</summary>
    Signal,

    /// <summary>Overmind, which runs the processes in overmind mode, or someone at its own command line.</summary>
    Overmind,
}

/// <summary>
/// Who asked for something: part of every command, and stored with commands and runs as <c>kind</c> or <c>kind:name</c>, such as
/// <c>cli:alice</c> or <c>failure-declaration:out of memory</c>.
/// </summary>
/// <param name="Name">The caller's name, if known. It comes from outside: display it, but never trust it.</param>
public sealed record Initiator(InitiatorKind Kind, string? Name = null)
{
    private const int LongestName = 200;

    private static readonly (InitiatorKind Kind, string Text)[] Texts =
    [
        (InitiatorKind.Daemon, "daemon"),
        (InitiatorKind.Page, "page"),
        (InitiatorKind.CommandLine, "cli"),
        (InitiatorKind.Api, "api"),
        (InitiatorKind.Mcp, "mcp"),
        (InitiatorKind.Hub, "hub"),
        (InitiatorKind.Script, "script"),
        (InitiatorKind.FailureDeclaration, "failure-declaration"),
        (InitiatorKind.RestartRule, "restart-rule"),
        (InitiatorKind.FileWatch, "file-watch"),
        (InitiatorKind.Limit, "limit"),
        (InitiatorKind.Liveness, "liveness"),
        (InitiatorKind.Schedule, "schedule"),
        (InitiatorKind.FileChange, "file-change"),
        (InitiatorKind.Alert, "alert"),
        (InitiatorKind.Signal, "signal"),
        (InitiatorKind.Overmind, "overmind"),
    ];

    public static Initiator Daemon { get; } = new(InitiatorKind.Daemon);

    public static Initiator Page { get; } = new(InitiatorKind.Page);

    public static Initiator Script { get; } = new(InitiatorKind.Script);

    public static Initiator RestartRule { get; } = new(InitiatorKind.RestartRule);

    public static Initiator FileWatch { get; } = new(InitiatorKind.FileWatch);

    public static Initiator Signal { get; } = new(InitiatorKind.Signal);

    public static Initiator Overmind { get; } = new(InitiatorKind.Overmind);

    /// <summary>The variable in which an agent or script at a command line names itself.</summary>
    public const string ClientVariable = "OVERMIND_GUI_CLIENT";

    /// <summary>The user at this command line, or the agent or script that names itself.</summary>
    public static Initiator ThisUser { get; } = new(
        InitiatorKind.CommandLine, Environment.GetEnvironmentVariable(ClientVariable) is { Length: > 0 } client ? client : Environment.UserName);

    /// <summary>True when the decision came from a user or an external program, not from a rule of the project.</summary>
    public bool IsOutside => Kind is InitiatorKind.Page or InitiatorKind.CommandLine or InitiatorKind.Api or InitiatorKind.Mcp or InitiatorKind.Hub
        or InitiatorKind.Script;

    /// <summary>The same caller with its reason; without one, the same.</summary>
    public Initiator Because(string? reason) => string.IsNullOrWhiteSpace(reason) ? this : this with { Name = Name is null ? reason : $"{Name}: {reason}" };

    /// <summary>For people, behind a verb such as "restarted"; null for the daemon itself.</summary>
    public string? Words => Kind switch
    {
        InitiatorKind.Page => "from the page",
        InitiatorKind.CommandLine => Name is null ? "from the command line" : $"from the command line by {Clean(Name)}",
        InitiatorKind.Api => Named("through the API"),
        InitiatorKind.Mcp => Named("by an agent"),
        InitiatorKind.Hub => Named("through the hub"),
        InitiatorKind.Script => "by a script",
        InitiatorKind.FailureDeclaration => Name is null ? "by a failure declaration" : $"by the failure declaration “{Clean(Name)}”",
        InitiatorKind.RestartRule => "by its restart rule",
        InitiatorKind.FileWatch => "because the project's files changed",
        InitiatorKind.Limit => $"by its limit: {Clean(Name)}",
        InitiatorKind.Liveness => $"by its liveness check: {Clean(Name)}",
        InitiatorKind.Schedule => "by its schedule",
        InitiatorKind.FileChange => $"because {Clean(Name)} changed",
        InitiatorKind.Alert => $"by the alert “{Clean(Name)}”",
        InitiatorKind.Signal => "by a signal to the daemon",
        InitiatorKind.Overmind => "by overmind",
        _ => null,
    };

    /// <summary>The stored form: short, without control characters.</summary>
    public override string ToString()
    {
        var kind = Array.Find(Texts, t => t.Kind == Kind).Text;
        return Clean(Name) is { Length: > 0 } name ? $"{kind}:{name}" : kind;
    }

    /// <summary>The reverse of <see cref="ToString"/>. Unknown text counts as a script that filled in the column itself.</summary>
    public static Initiator Parse(string? stored)
    {
        if (stored is null) return Script;
        var (kind, name) = stored.IndexOf(':', StringComparison.Ordinal) is >= 0 and var end ? (stored[..end], stored[(end + 1)..]) : (stored, null);
        return Array.FindIndex(Texts, t => t.Text == kind) is >= 0 and var known
            ? new Initiator(Texts[known].Kind, Clean(name) is { Length: > 0 } clean ? clean : null)
            : new Initiator(InitiatorKind.Script, Clean(stored));
    }

    private string Named(string how) => Clean(Name) is { Length: > 0 } name ? $"{how} ({name})" : how;

    private static string? Clean(string? name)
    {
        if (name is null) return null;
        var clean = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            if (clean.Length >= LongestName) break;
            if (!Rune.IsControl(rune)) clean.Append(rune.ToString());
        }

        return clean.ToString().Trim();
    }
}
