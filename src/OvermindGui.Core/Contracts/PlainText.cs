using System.Text;

namespace OvermindGui.Core.Contracts;

/// <summary>What people wrote, as messages show it: short, and no control character reaches a terminal or a log.</summary>
internal static class PlainText
{
    private const int MaxExcerpt = 60;
    private const int MaxNames = 12;

    public static string WithoutControls(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? (char)Rune.ReplacementChar.Value : c)) : text;

    public static string Excerpt(string text)
    {
        var runes = text.EnumerateRunes().Select(r => Rune.IsControl(r) ? Rune.ReplacementChar : r).Take(MaxExcerpt + 1).ToList();
        return string.Concat(runes.Take(MaxExcerpt)) + (runes.Count > MaxExcerpt ? "…" : "");
    }

    /// <summary>At most twelve names, and how many more there are.</summary>
    public static string Names(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(MaxNames)) + (names.Count > MaxNames ? $" and {names.Count - MaxNames} more" : "");
}
