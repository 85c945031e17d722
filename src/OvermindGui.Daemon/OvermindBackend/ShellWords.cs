namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>Words for a shell's command line.</summary>
internal static class ShellWords
{
    /// <summary>The word as one, whatever is in it.</summary>
    public static string Quote(string word) => $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
