namespace OvermindGui.Core.Contracts;

/// <summary>The message about a name that belongs to no process; the same on all interfaces.</summary>
public static class UnknownProcessText
{
    /// <param name="names">The unknown name, or several with commas between them.</param>
    /// <param name="known">The names that exist.</param>
    public static string Of(string names, IEnumerable<string> known) =>
        $"Unknown process: {names} (known: {(string.Join(", ", known) is { Length: > 0 } all ? all : "none")})";
}
