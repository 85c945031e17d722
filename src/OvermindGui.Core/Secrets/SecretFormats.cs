using System.Text.RegularExpressions;

namespace OvermindGui.Core.Secrets;

/// <summary>
/// Secrets that are recognisable by their format alone: prefixed tokens of well-known services, keys, and credentials in URLs and headers.
/// All patterns run in linear time, because output is hostile.
/// </summary>
internal static class SecretFormats
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    // A prefix that only tokens have, followed by at least sixteen characters.
    private static readonly string[] Prefixes =
    [
        "AKIA", "ASIA", "ABIA", "ACCA", // AWS
        "gh[pousr]_", "github_pat_", "gl(pat|ptt|dt|rt|cbt|ft|soat|agent|oas|imt)-", "ATATT3", "ATBB", // GitHub, GitLab, Atlassian
        "xox[abeoprs]-", @"xox[ep]\.xox[bp]-", "xapp-", // Slack
        "[sr]k_(live|test)_", "whsec_", "sq0(csp|atp)-", "EAAA", "shp(at|ca|pa|ss)_", // payment and shops
        "sk-(ant|proj|svcacct|admin|or|lf)-", "gsk_", "xai-", "pplx-", "hf_", "r8_", // models
        "AIza", @"ya29\.", "GOCSPX-", // Google
        "npm_", "pypi-", "rubygems_", "dckr_(pat|oat)_", // registries
        @"hv[sbr]\.", "AGE-SECRET-KEY-1", @"dp\.(pt|st|ct|sa|scim|audit)\.", "ops_eyJ", // stores of secrets
        "do[opr]_v1_", "HRKU-", "(fm[12][ar]?|fo1)_", "nfp_", "sbp_", "sb_secret_", "dapi", // platforms
        "xkeysib-", "lin_(api|oauth)_", "fig[dou]_", "tskey-[a-z]+-", "glsa_", "glc_", "NRAK-", "sntry[su]_", "PMAK-", "phx_", "ntn_",
    ];

    private static readonly string[] Others =
    [
        "sk-[A-Za-z0-9]{32,}", "oy2[a-z0-9]{43}", "(key-|SK)[a-f0-9]{32}", @"SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}",
        "[0-9]{8,10}:AA[A-Za-z0-9_-]{30,}", // Telegram
        @"[MNO][A-Za-z0-9_-]{23,25}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,}", // Discord
        "[A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.-]{30,}", // Microsoft Entra
        @"eyJ[A-Za-z0-9_-]{8,}(\.[A-Za-z0-9_-]*){2,4}", // JWT, JWE
    ];

    // In each pattern, the group matches the secret.
    private static readonly string[] Places =
    [
        "[a-z][a-z0-9+.-]*://[^/\\s:@\"'<>]*:(?<secret>[^\\s/@\"'<>]+)@",
        // Passwords in these URLs may contain a slash or an at sign, although that is invalid.
        "(postgres|postgresql|mysql|mariadb|redis|rediss|amqp|amqps|mongodb|mongodb\\+srv|mssql|sqlserver|smtp|smtps)://[^/\\s:@]*:(?<secret>[^\\s\"'<>]+)@",
        "https?://(?<secret>[A-Za-z0-9_-]{20,})@", // a token instead of user and password
        "hooks\\.slack\\.com/(services|workflows|triggers)/(?<secret>[A-Za-z0-9_/-]+)",
        "discord(app)?\\.com/api/webhooks/(?<secret>[0-9]+/[A-Za-z0-9_-]+)",
        "(webhook\\.office\\.com|outlook\\.office\\.com/webhook|logic\\.azure\\.com)[:0-9]*/(?<secret>[^\\s\"'<>]+)",
        "[?&](sig|signature|x-amz-signature|x-amz-security-token|x-goog-signature|key|code|auth)=(?<secret>[^&\\s\"'<>]{16,})",
        "(set-)?cookie: ?[\\w.-]+=(?<secret>[^\\s;,\"]{6,}[^\"\\r\\n]*)",
        "(accountkey|sharedaccesskey|sharedaccesssignature)=(?<secret>[^;\\s\"']+)", // Azure
        "authorization[\"']?[:=] ?[\"']?([a-z]+ )?(?<secret>[^\\s\"']{8,})",
        "/bot(?<secret>[0-9]{8,10}:[A-Za-z0-9_-]{30,})", // Telegram
        "(bearer|basic)[ :]+(?<secret>[A-Za-z0-9._~+/=-]{8,})",
        "aws_secret_access_key[\"' ]*[=:][\"' ]*(?<secret>[A-Za-z0-9/+]{40})",
        "-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----(?<secret>[^-]*)",
    ];

    /// <summary>Tokens by themselves.</summary>
    public static Regex Token { get; } = new(
        $@"\b(({string.Join('|', Prefixes)})[A-Za-z0-9_-]{{16,}}[A-Za-z0-9_.+/=-]*|{string.Join('|', Others)})", Options);

    /// <summary>Patterns that locate secrets; the group <c>secret</c> is the part to hide.</summary>
    public static Regex Place { get; } = new(string.Join('|', Places), Options | RegexOptions.IgnoreCase);

    /// <summary>
    /// A name with its value: <c>name=value</c>, <c>"name": "value"</c>, <c>--name value</c>. Matches only the beginning of a long value.
    /// </summary>
    public static Regex Assignment { get; } = new(
        """(--(?<name>[A-Za-z][A-Za-z0-9-]*)(?<sign>[ =])|(?<name>[A-Za-z][A-Za-z0-9_.-]*)["']?(?<sign> ?=>? ?| ?:=? {0,3}))(?<quote>["']?)(?<value>[^\s"',;&)}\]=]{1,64}=*)""",
        Options);

    /// <summary>A line of a PEM key: only Base64, in the usual line length.</summary>
    public static Regex KeyLine { get; } = new(@"^\s*[A-Za-z0-9+/]{64}([A-Za-z0-9+/]{6}|[A-Za-z0-9+/]{12})?\s*$", Options);
}
