namespace OvermindGui.Commands;

/// <summary>Gives a command line its verb: none, a folder or an option in front mean <c>server</c>.</summary>
internal static class CommandLineWords
{
    private static readonly string[] RootOptions = ["--help", "-h", "-?", "/?", "--version"];

    public static (string[] Arguments, string? Unknown) Normalize(string[] args, IReadOnlyCollection<string> commands)
    {
        if (args is not [var first, ..]) return (["server"], null);
        if (commands.Contains(first) || RootOptions.Contains(first) || first.StartsWith('[')) return (args, null);
        if (first.StartsWith('-') || LooksLikePath(first)) return (["server", .. args], null);
        return (args, first);
    }

    private static bool LooksLikePath(string word) =>
        word.Contains(Path.DirectorySeparatorChar) || word.StartsWith('.') || Directory.Exists(word);
}
