namespace OvermindGui.Daemon.Supervision;

/// <summary>
/// What a child's environment has that the daemon's has not, with null for what it has not: variables that make programs print in colour
/// and at once. What the user set is never overwritten, and NO_COLOR wins.
/// </summary>
internal sealed record ChildEnvironment(IReadOnlyDictionary<string, string?> OnTerminal, IReadOnlyDictionary<string, string?> OverPipes)
{
    private static readonly (string Name, string Value)[] Color =
    [
        ("FORCE_COLOR", "1"),
        ("CLICOLOR_FORCE", "1"),
        ("TERM", "xterm-256color"),
        ("COLORTERM", "truecolor"),
    ];

    // Between the run script and us; no business of the user's processes.
    private const string OwnVariable = "OVERMIND_GUI_INVOKED_AS";

    // Programs believe these before they ask the terminal, and inherited ones speak of the terminal that the daemon was started from.
    private static readonly string[] ForeignWindow = ["COLUMNS", "LINES"];

    /// <param name="inherited">Looks a variable up in the environment that the child inherits; null when it is not set.</param>
    public static ChildEnvironment From(Func<string, string?> inherited)
    {
        var common = new Dictionary<string, string?> { [OwnVariable] = null };
        // no-color.org: present and not empty.
        if (string.IsNullOrEmpty(inherited("NO_COLOR")))
            foreach (var (name, value) in Color)
                if (inherited(name) is null) common[name] = value;

        var onTerminal = new Dictionary<string, string?>(common);
        foreach (var name in ForeignWindow) onTerminal[name] = null;

        var overPipes = new Dictionary<string, string?>(common);
        // Python holds back what it prints to a pipe.
        if (inherited("PYTHONUNBUFFERED") is null) overPipes["PYTHONUNBUFFERED"] = "1";
        return new ChildEnvironment(onTerminal, overPipes);
    }
}
