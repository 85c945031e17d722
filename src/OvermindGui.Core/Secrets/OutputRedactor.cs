namespace OvermindGui.Core.Secrets;

/// <summary>
/// Redacts output line by line, in order: text that looks like a secret, the values of the project's own secret variables, and multi-line
/// private keys.
/// </summary>
/// <param name="values">Values that are always secret, whatever their format.</param>
public sealed class OutputRedactor(IEnumerable<string> values)
{
    private const string KeyBegin = "-----BEGIN ";
    private const string KeyEnd = "-----END ";
    private const string PrivateKey = "PRIVATE KEY";

    // Many projects use a short word such as "root" as a password; in most lines the same word is harmless.
    private const int ShortestSecret = 6;
    private const int LongestWord = 15;

    private readonly string[] _values = [.. values.Where(IsRecognizable).Distinct().OrderByDescending(value => value.Length)];
    private readonly HashSet<string> _insideKey = [];

    public string Redact(string process, string text)
    {
        if (_insideKey.Contains(process))
        {
            if (text.Contains(KeyEnd, StringComparison.Ordinal)) _insideKey.Remove(process);
            return SecretText.Hidden;
        }

        if (text.Contains(KeyBegin, StringComparison.Ordinal) && text.Contains(PrivateKey, StringComparison.Ordinal)
            && !text.Contains(KeyEnd, StringComparison.Ordinal)) _insideKey.Add(process);
        foreach (var value in _values) text = text.Replace(value, SecretText.Hidden, StringComparison.Ordinal);
        return SecretText.Redact(text);
    }

    private static bool IsRecognizable(string value) => value.Length >= ShortestSecret && (value.Length > LongestWord || !value.All(char.IsLetter));
}
