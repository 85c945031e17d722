using System.Text;

namespace OvermindGui.Core.Contracts;

/// <summary>Makes user input safe for messages: short, and without control characters that could reach a terminal or a log.</summary>
public static class PlainText
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

    /// <summary>At most twelve names, followed by the number of the others.</summary>
    public static string Names(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(MaxNames)) + (names.Count > MaxNames ? $" and {names.Count - MaxNames} more" : "");
}
