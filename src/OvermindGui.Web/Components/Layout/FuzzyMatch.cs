namespace OvermindGui.Web.Components.Layout;

/// <summary>Finds what was meant by a few letters: they stand in the text in this order, not necessarily beside each other.</summary>
internal static class FuzzyMatch
{
    private const int Beside = 8;
    private const int AtWord = 10;
    private const int Skipped = 1;

    /// <summary>How well it matches, the higher the better; null when it does not. Blanks in what was typed do not matter.</summary>
    public static int? Score(string typed, string text)
    {
        var (score, at, last) = (0, 0, -2);
        foreach (var letter in typed)
        {
            if (letter == ' ') continue;
            var found = text.IndexOf(letter.ToString(), at, StringComparison.OrdinalIgnoreCase);
            if (found < 0) return null;
            // A letter at the beginning of a word is worth a look beyond the nearest one.
            var atWord = NextWordStart(text, letter, at);
            if (found != last + 1 && atWord >= 0) found = atWord;
            score += found == last + 1 ? Beside : IsWordStart(text, found) ? AtWord : -Skipped * Math.Min(found - at, Beside);
            (last, at) = (found, found + 1);
        }

        return score - (text.Length / 8);
    }

    private static int NextWordStart(string text, char letter, int from)
    {
        for (var i = from; i < text.Length; i++)
            if (char.ToLowerInvariant(text[i]) == char.ToLowerInvariant(letter) && IsWordStart(text, i)) return i;
        return -1;
    }

    private static bool IsWordStart(string text, int at) => at == 0 || !char.IsLetterOrDigit(text[at - 1]);
}
