namespace OvermindGui.Core.Project.Planning;

/// <summary>What happens to a process when files change.</summary>
/// <param name="Folder">The Procfile's folder, to which the paths are relative.</param>
/// <param name="Paths">Files, folders and patterns; none for the whole folder.</param>
/// <param name="Ignore">Patterns as in <c>.gitignore</c>, beside those of such files.</param>
/// <param name="Debounce">Changes within so long of each other count as one.</param>
/// <param name="Signal">Sent to it instead of a restart; null for none.</param>
/// <param name="Command">Run beside it instead of a restart; null for none.</param>
/// <param name="Cascade">Whether the processes that depend on it are restarted, too.</param>
public sealed record WatchRule(
    string Folder, IReadOnlyList<string> Paths, IReadOnlyList<string> Ignore, TimeSpan Debounce, ReloadSignal? Signal, string? Command, bool Cascade)
{
    public bool Equals(WatchRule? other) => other is not null && other.ToKey() == ToKey();

    public override int GetHashCode() => ToKey().GetHashCode(StringComparison.Ordinal);

    private string ToKey() => string.Join('\0', [Folder, .. Paths, "", .. Ignore, "", $"{Debounce.Ticks}", $"{Signal}", Command, $"{Cascade}"]);
}

/// <summary>Signals by which programs are asked to read their files again, with their numbers on Linux.</summary>
public enum ReloadSignal
{
    HangUp = 1,
    Interrupt = 2,
    Quit = 3,
    User1 = 10,
    User2 = 12,
    Terminate = 15,
    WindowChange = 28,
}

public static class ReloadSignals
{
    /// <summary>The signals by their names in the settings.</summary>
    public static IReadOnlyDictionary<string, ReloadSignal> ByName { get; } = new Dictionary<string, ReloadSignal>
    {
        ["HUP"] = ReloadSignal.HangUp,
        ["INT"] = ReloadSignal.Interrupt,
        ["QUIT"] = ReloadSignal.Quit,
        ["USR1"] = ReloadSignal.User1,
        ["USR2"] = ReloadSignal.User2,
        ["TERM"] = ReloadSignal.Terminate,
        ["WINCH"] = ReloadSignal.WindowChange,
    };

    /// <summary>The name with its prefix, such as <c>SIGHUP</c>.</summary>
    public static string ToText(this ReloadSignal signal) => "SIG" + ByName.First(n => n.Value == signal).Key;
}
