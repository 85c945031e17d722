using MudBlazor;
using OvermindGui.Core.Output;
using OvermindGui.Web.Components.Menus;

namespace OvermindGui.Web.Components.Log;

/// <summary>What a pane offers to download, and where the API has it.</summary>
internal static class DownloadLinks
{
    private static readonly (string Format, string Text)[] Formats =
    [
        ("log", "Plain text (.log)"), ("ansi", "With colours (.ansi)"), ("jsonl", "JSON lines (.jsonl)"), ("html", "A page of its own (.html)"),
    ];

    public static IReadOnlyList<MenuEntry?> Entries(LineFilter lines, Func<string, Task> fetch) =>
        [.. Formats.Select(f => new MenuEntry(f.Text, f.Format, () => fetch(f.Format)) { Icon = Icons.Material.Filled.Download })];

    /// <summary>The lines that are shown, from the first that is stored to the last.</summary>
    public static string Address(LineFilter lines, IReadOnlyList<string> shown, string format)
    {
        List<(string Name, string? Value)> query = [("format", format), .. shown.Select(name => ("process", (string?)name)), ("level", lines.Levels.ToText())];
        foreach (var text in lines.Texts)
        {
            query.Add((text.IsRegex ? "regex" : "q", text.Text));
            if (text.Excludes) query.Add(("invert", "true"));
            query.Add(("case", text.MatchCase ? "true" : text.IsRegex ? "false" : null));
            if (text.WholeWord) query.Add(("word", "true"));
        }

        return "api/output/export?" + string.Join('&', query.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
    }
}
