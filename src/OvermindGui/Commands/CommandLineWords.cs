using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary>Adds the default verb <c>server</c> to a command line that is empty or begins with a folder or an option.</summary>
internal static class CommandLineWords
{
    private static readonly string[] RootOptions = ["--help", "-h", "-?", "/?", "--version"];

    public static (string[] Arguments, string? Unknown) Normalize(string[] args, IReadOnlyCollection<string> commands)
    {
        if (args is not [var first, ..]) return (["server"], null);
        if (RunCommand.Words.Contains(first)) return (RunCommand.KeepWords(args), null);
        args = [.. KeepFolders(args)];
        if (commands.Contains(first) || RootOptions.Contains(first) || first.StartsWith('[')) return (args, null);
        if (first.StartsWith('-') || LooksLikePath(first)) return (["server", .. args], null);
        return (args, first);
    }

    private static bool LooksLikePath(string word) => CanOnlyBePath(word) || Directory.Exists(word);

    // No process has such a name.
    private static bool CanOnlyBePath(string word) => word.Contains(Path.DirectorySeparatorChar) || word.StartsWith('.');

    // "--no-pty ./app": the option's process names are optional, and a folder is not one.
    private static IEnumerable<string> KeepFolders(string[] args) => args.Index().Select(word =>
        word.Item == DaemonFlags.NoPtyName && args.ElementAtOrDefault(word.Index + 1) is { } next && CanOnlyBePath(next)
            ? $"{word.Item}=true"
            : word.Item);
}
