using System.Text.RegularExpressions;

namespace OvermindGui.Core.Secrets;

/// <summary>
/// Decides which variables hold a secret. It splits a name into segments (<c>DB_PASS</c>, <c>githubPat</c>) and never searches for
/// substrings: <c>MONKEY</c> contains no key. A segment that describes the secret (<c>_FILE</c>, <c>_TTL</c>) makes the value harmless
/// again.
/// </summary>
public static partial class SecretNames
{
    private static readonly HashSet<string> Words = Set(
        "PASS PASSWD PASSWORD PASSWORDS PASSPHRASE PASSCODE PHRASE PWD PW PAT JWT OTP TOTP PIN COOKIE COOKIES SALT PEPPER WEBHOOK WEBHOOKS KEY KEYS "
        + "TOKEN TOKENS SECRET SECRETS CREDENTIAL CREDENTIALS CRED CREDS AUTH AUTHORIZATION BEARER DSN PEM MNEMONIC HMAC SIGNATURE SAS");

    // These words do not occur in other words, so they also count without a separator: PGPASSWORD, clientsecret.
    private static readonly string[] SecretWords = ["PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL", "SECRET", "APIKEY"];
    private static readonly string[] Endings = ["TOKEN", "PASS", "PWD", "ACCESSKEY", "PRIVATEKEY", "AUTHKEY", "MASTERKEY", "SIGNINGKEY", "ENCRYPTIONKEY"];
    private static readonly HashSet<string> Other = Set("BYPASS COMPASS ASKPASS TRESPASS SURPASS SECRETARY SECRETARIAT");

    // Whole names that mean something else.
    private static readonly HashSet<string> Harmless = Set("PWD OLDPWD GPG_KEY SSH_AUTH_SOCK");

    // Keys that are public by design, or that name a column.
    private static readonly HashSet<string> OpenKeys = Set("PUBLIC PUB PUBLISHABLE SITE PRIMARY FOREIGN SORT PARTITION HOT");

    // As the last segment: metadata about the secret.
    private static readonly HashSet<string> About = Set(
        "FILE PATH DIR DIRECTORY FOLDER SOCK SOCKET URL URI HOST PORT ENDPOINT SERVER ISSUER AUDIENCE DOMAIN TTL TIMEOUT EXPIRY EXPIRES EXPIRATION IN AGE "
        + "LIFETIME LENGTH LEN SIZE COUNT LIMIT ROUNDS ITERATIONS ENABLED DISABLED REQUIRED TYPE METHOD MODE NAME ALGORITHM ALG HEADER PROVIDER REALM "
        + "PREFIX SUFFIX STRATEGY POLICY VERSION FORMAT LAYOUT SECURE SAMESITE HTTPONLY SCOPE SCOPES CHECKS PARALLELISM USER USERNAME STDIN STORE");

    private static readonly HashSet<string> Amounts = Set("MAX MIN NUM COUNT LIMIT TOTAL PER");
    private static readonly HashSet<string> Switches = Set("TRUE FALSE YES NO ON OFF 0 1 ENABLED DISABLED NONE NULL NIL REQUIRED OPTIONAL");

    // The address itself is the secret.
    private static readonly HashSet<string> SecretAddresses = Set("WEBHOOK WEBHOOKS DSN SAS");

    private static readonly HashSet<string> Passwords = Set("PASS PASSWD PASSWORD PASSWORDS PASSPHRASE PASSCODE PHRASE PWD PW OTP TOTP PIN SECRET SECRETS");

    /// <summary>Whether the variable's value is secret, judged by its name and its content.</summary>
    public static bool LooksSecret(string name, string value) =>
        value.Length > 0 && (SecretText.HoldsSecret(value) || NameSuggestsSecret(name, value));

    /// <summary>Whether the name alone marks a value of this form as secret.</summary>
    internal static bool NameSuggestsSecret(string name, string value)
    {
        if (Harmless.Contains(name)) return false;
        var segments = Segments(name);
        var (found, isPassword, isAddress) = (false, false, false);
        for (var i = 0; i < segments.Length; i++)
        {
            if (!IsSecret(segments, i)) continue;
            found = true;
            isPassword |= Passwords.Contains(segments[i]) || (!Words.Contains(segments[i]) && !segments[i].EndsWith("TOKEN", StringComparison.Ordinal));
            isAddress |= SecretAddresses.Contains(segments[i]);
        }

        return found && !IsHarmless(segments, value, isPassword, isAddress);
    }

    /// <summary>How reliably the name marks a value of this form as secret in running text.</summary>
    internal static NameStrength StrengthOf(string name, string value)
    {
        if (!NameSuggestsSecret(name, value)) return NameStrength.None;
        var segments = Segments(name);
        var strength = NameStrength.Vague;
        for (var i = 0; i < segments.Length; i++)
        {
            if (!IsSecret(segments, i)) continue;
            if (IsSurePassword(segments[i])) return NameStrength.Password;
            if (IsSureToken(segments, i)) strength = NameStrength.Token;
        }

        return strength;
    }

    private static bool IsSurePassword(string segment) =>
        segment is "PWD" or "PASSCODE" or "MNEMONIC" || Array.Exists(SecretWords, word => segment.Contains(word, StringComparison.Ordinal));

    private static bool IsSureToken(string[] segments, int index) =>
        segments[index] is "JWT" or "DSN" or "BEARER" or "OTP" or "CREDS" || Array.Exists(Endings, word => segments[index].EndsWith(word, StringComparison.Ordinal) && segments[index] != "PASS")
        || (segments[index] is "KEY" && index > 0 && segments[index - 1] is "API" or "ACCESS" or "PRIVATE" or "AUTH" or "MASTER" or "SIGNING" or "ENCRYPTION" or "LICENSE" or "SHARED" or "ACCOUNT");

    private static bool IsSecret(string[] segments, int index)
    {
        var segment = segments[index];
        if (segment is "KEY" or "KEYS" && index > 0 && OpenKeys.Contains(segments[index - 1])) return false;
        if (Words.Contains(segment)) return true;
        return !Other.Contains(segment)
            && (Array.Exists(SecretWords, word => segment.Contains(word, StringComparison.Ordinal))
                || Array.Exists(Endings, word => segment.EndsWith(word, StringComparison.Ordinal)));
    }

    private static bool IsHarmless(string[] segments, string value, bool isPassword, bool isAddress)
    {
        // A password may be "true" or "1234"; the last segment of its name identifies a switch.
        if (Switches.Contains(value) && !(isPassword && IsSecret(segments, segments.Length - 1))) return true;
        if (Array.Exists(segments, Amounts.Contains) && value.All(char.IsAsciiDigit)) return true;
        if (!isAddress && About.Contains(segments[^1]) && !IsRandom(value)) return true;
        return !isPassword && PathPattern().IsMatch(value) && !value.Split('/').Any(IsRandom);
    }

    // Long, of letters and digits, and of no words.
    internal static bool IsRandom(string value) =>
        value.Length >= 16 && value.Any(char.IsAsciiDigit) && value.Any(char.IsAsciiLetter) && !value.AsSpan().ContainsAny("./:@ ");

    private static string[] Segments(string name)
    {
        var segments = SegmentPattern().Matches(name).Select(match => match.Value.ToUpperInvariant()).ToArray();
        return segments.Length > 0 ? segments : [""];
    }

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.OrdinalIgnoreCase);

    // DB_PASS, db-pass, db.pass, dbPass, APIKey, and digits with the word before them: AUTH0.
    [GeneratedRegex("[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex SegmentPattern();

    [GeneratedRegex(@"^(?:~|\.{0,2})/[\w./ -]+$", RegexOptions.CultureInvariant)]
    private static partial Regex PathPattern();
}
