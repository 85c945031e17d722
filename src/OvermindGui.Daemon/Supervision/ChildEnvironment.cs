namespace OvermindGui.Daemon.Supervision;

/// <summary>Variables that make programs print in colour and at once. What the user set is never overwritten, and NO_COLOR wins.</summary>
internal static class ChildEnvironment
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

    /// <returns>Variables to set, or to remove where the value is null.</returns>
    /// <param name="inherited">Looks a variable up in the environment that the child inherits; null when it is not set.</param>
    public static Dictionary<string, string?> Additions(Func<string, string?> inherited)
    {
        var additions = new Dictionary<string, string?> { [OwnVariable] = null };
        // no-color.org: present and not empty.
        if (string.IsNullOrEmpty(inherited("NO_COLOR")))
            foreach (var (name, value) in Color)
                if (inherited(name) is null) additions[name] = value;

        // Python holds back what it prints to a pipe.
        if (inherited("PYTHONUNBUFFERED") is null) additions["PYTHONUNBUFFERED"] = "1";
        return additions;
    }
}
