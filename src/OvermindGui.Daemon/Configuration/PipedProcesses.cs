namespace OvermindGui.Daemon.Configuration;

/// <summary>The processes that print into pipes instead of a terminal.</summary>
/// <param name="Origin">The option or variable that selected them, for error messages.</param>
public sealed record PipedProcesses(bool All, IReadOnlyList<string> Names, string Origin)
{
    public static PipedProcesses None { get; } = new(false, [], "");

    /// <summary>Reads 1 or true (all), 0, false or nothing (none), or names with commas between them.</summary>
    public static PipedProcesses Parse(string text, string origin) => text.Trim().ToUpperInvariant() switch
    {
        "1" or "TRUE" or "YES" => new PipedProcesses(true, [], origin),
        "" or "0" or "FALSE" or "NO" => None,
        _ => new PipedProcesses(false, text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), origin),
    };

    public bool Contains(string name) => All || Names.Contains(name);

    /// <summary>Why this cannot be meant, or null: a name that is misspelt would otherwise leave its process as it was.</summary>
    public string? Problem(IReadOnlyCollection<string> known) =>
        Names.FirstOrDefault(name => !known.Contains(name)) is { } unknown
            ? $"{Origin}: unknown process {unknown} (known: {string.Join(", ", known)})"
            : null;
}
