namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>Words for a shell's command line.</summary>
internal static class ShellWords
{
    /// <summary>Quotes the text as a single word, whatever it contains.</summary>
    public static string Quote(string word) => $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
