using System.CommandLine.Completions;

namespace OvermindGui.Options;

/// <summary>Words that make the scripts use the shell's own completion. No candidate of ours begins with a colon.</summary>
internal static class Places
{
    public static IEnumerable<CompletionItem> Folders(CompletionContext context) => [new(":folders")];

    public static IEnumerable<CompletionItem> Files(CompletionContext context) => [new(":files")];

    public static IEnumerable<CompletionItem> Commands(CompletionContext context) => [new(":commands")];

    public static bool IsPlace(CompletionItem item) => item.Label is [':', ..];
}
