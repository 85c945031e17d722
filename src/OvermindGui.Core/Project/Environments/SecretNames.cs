using System.Text.RegularExpressions;

namespace OvermindGui.Core.Project.Environments;

/// <summary>Which variables are shown without their values. One hidden for nothing costs a click, one shown may cost the secret.</summary>
public static partial class SecretNames
{
    /// <summary>Whether the name, such as <c>API_KEY</c>, says that its value is nobody's business.</summary>
    public static bool LooksSecret(string name) => NamePattern().IsMatch(name);

    /// <summary>The same, also by a value that holds credentials, such as <c>postgres://user:password@host/db</c>.</summary>
    public static bool LooksSecret(string name, string value) => LooksSecret(name) || CredentialsPattern().IsMatch(value);

    [GeneratedRegex(
        "SECRET|TOKEN|PASSWORD|PASSWD|KEY|CREDENTIAL|AUTH|PRIVATE|DSN", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NamePattern();

    [GeneratedRegex(
        @"[a-z][a-z0-9+.-]*://[^/\s:@]*:[^\s]*@", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex CredentialsPattern();
}
