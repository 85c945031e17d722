namespace OvermindGui.Core.Checks;

/// <summary>Finds a program like a shell: a word with a slash is a path, any other is looked up in PATH.</summary>
public static class ExecutableSearch
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The program's absolute path; null when no executable file is found.</summary>
    /// <param name="searchPath">Same format as PATH; an empty part means the folder.</param>
    /// <param name="folder">Absolute path; the base of relative paths.</param>
    public static string? Find(string word, string searchPath, string folder)
    {
        if (word.Length == 0) return null;
        var candidates = word.Contains('/', StringComparison.Ordinal)
            ? [Path.GetFullPath(word, folder)]
            : searchPath.Split(':').Select(part => Path.GetFullPath(Path.Combine(part, word), folder));
        return candidates.FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string file) =>
        !OperatingSystem.IsWindows() && File.Exists(file) && (File.GetUnixFileMode(file) & Executable) != UnixFileMode.None;
}
