namespace OvermindGui.Core.Secrets;

/// <summary>
/// Decides whether a value in running text is secret because of the name before it. Text mentions passwords and tokens more often than it
/// contains them ("token: expected ')'", "tokens=4096"), so a name alone is not enough.
/// </summary>
internal static class AssignedValue
{
    private static readonly HashSet<string> Statements = new(
        ("required invalid expired missing incorrect changed wrong none null nil ok yes no true false on off hidden set unset not is must should empty blank unknown "
        + "updated reset rejected accepted valid mismatch failed error undefined expected unexpected string text value file number password token secret key "
        + "the a an this your created deleted revoked refreshed verified generated loaded found enabled disabled optional rotated stored").Split(' '),
        StringComparer.OrdinalIgnoreCase);

    /// <param name="sign">The separator between name and value: an equals sign, a colon, or a space after a flag.</param>
    /// <param name="end">Where the value ends in the text.</param>
    public static bool IsSecret(string name, string sign, string value, bool isQuoted, string text, int end)
    {
        var strength = SecretNames.StrengthOf(name, value);
        if (strength == NameStrength.None || value.Contains('(') || value.Equals(name, StringComparison.OrdinalIgnoreCase)) return false;
        var isEquals = sign.Contains('=');
        // As in the output of "env".
        if (isEquals && !name.Any(char.IsAsciiLetterLower) && name.Contains('_')) return true;
        if (Statements.Contains(value) || IsAmount(value)) return strength == NameStrength.Password && isEquals && IsAmount(value);
        return strength switch
        {
            NameStrength.Password => isEquals || isQuoted || sign == " " || IsLast(text, end),
            NameStrength.Token => isEquals || isQuoted || sign == " " ? value.Length >= 6 : SecretNames.IsRandom(value) || (value.Length >= 8 && IsMixed(value)),
            _ => SecretNames.IsRandom(value),
        };
    }

    private static bool IsAmount(string value) => value.Length < 8 && value.All(c => char.IsAsciiDigit(c) || c is '.' or '%');

    private static bool IsMixed(string value) => value.Any(char.IsAsciiLetter) && value.Any(char.IsAsciiDigit);

    // "password: hunter2", but not "password: must have eight characters".
    private static bool IsLast(string text, int end) => text.AsSpan(end).TrimEnd() is [] or [',' or ';' or ')' or '}' or ']' or '"' or '\'', ..];
}

/// <summary>How reliably a name marks its value as secret in running text.</summary>
internal enum NameStrength
{
    None,

    /// <summary>An ambiguous word: key, auth, salt, pass.</summary>
    Vague,

    Token,
    Password,
}
