using OvermindGui.Core.Posix;
using OvermindGui.Hub.Connecting;
using OvermindGui.Otlp.Connecting;

namespace OvermindGui.Daemon.Launching;

/// <summary>
/// What a child's environment has that the daemon's has not, with null for what it has not: variables that make programs print in colour
/// and at once. What the user set is never overwritten, and NO_COLOR wins.
/// </summary>
public sealed record ChildEnvironment(IReadOnlyDictionary<string, string?> OnTerminal, IReadOnlyDictionary<string, string?> OverPipes)
{
    private static readonly (string Name, string Value)[] Color =
    [
        ("FORCE_COLOR", "1"),
        ("CLICOLOR_FORCE", "1"),
        ("TERM", "xterm-256color"),
        ("COLORTERM", "truecolor"),
    ];

    /// <summary>Between the run script and our programs; no business of those that they run.</summary>
    public static IReadOnlyList<string> OwnVariables { get; } = ["OVERMIND_GUI_INVOKED_AS", CallerLimits.Variable, HubOptions.Variable, OtlpOptions.Variable, OtlpOptions.HeadersVariable];

    // Programs believe these before they ask the terminal, and inherited ones speak of the terminal that the daemon was started from.
    private static readonly string[] ForeignWindow = ["COLUMNS", "LINES"];

    /// <param name="daemons">Looks a variable up in the daemon's own environment; null when it is not set.</param>
    /// <param name="planned">Variables that the process has beside or instead of those; they count as set by the user.</param>
    public static ChildEnvironment From(Func<string, string?> daemons, IReadOnlyDictionary<string, string>? planned = null)
    {
        var common = OwnVariables.ToDictionary(name => name, string? (_) => null);
        foreach (var (name, value) in planned ?? new Dictionary<string, string>()) common[name] = value;
        // no-color.org: present and not empty.
        if (string.IsNullOrEmpty(Inherited("NO_COLOR")))
            foreach (var (name, value) in Color)
                if (Inherited(name) is null) common[name] = value;

        var onTerminal = new Dictionary<string, string?>(common);
        foreach (var name in ForeignWindow)
            if (planned?.ContainsKey(name) is not true) onTerminal[name] = null;

        var overPipes = new Dictionary<string, string?>(common);
        // Python holds back what it prints to a pipe.
        if (Inherited("PYTHONUNBUFFERED") is null) overPipes["PYTHONUNBUFFERED"] = "1";
        return new ChildEnvironment(onTerminal, overPipes);

        string? Inherited(string name) => planned?.TryGetValue(name, out var value) is true ? value : daemons(name);
    }
}
