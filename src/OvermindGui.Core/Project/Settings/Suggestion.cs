namespace OvermindGui.Core.Project.Settings;

/// <summary>Suggests a similar word for an unknown one.</summary>
internal static class Suggestion
{
    /// <summary><c> (did you mean "web"?)</c>, or empty when no word is similar.</summary>
    public static string For(string word, IEnumerable<string> known)
    {
        var near = known
            .Select(k => (Word: k, Distance: Distance(word.ToLowerInvariant(), k.ToLowerInvariant())))
            .Where(k => k.Distance <= Math.Max(1, Math.Min(word.Length, k.Word.Length) / 3))
            .OrderBy(k => k.Distance)
            .Select(k => k.Word)
            .FirstOrDefault();
        return near is null ? "" : $" (did you mean \"{near}\"?)";
    }

    // Levenshtein distance, with a swap of two neighbours counted as one edit.
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > b.Length) return int.MaxValue; // too different, and possibly very long
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                var change = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(change, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }

        return rows[a.Length, b.Length];
    }
}
