using System.Buffers;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Secrets;

namespace OvermindGui.Core.Project.Planning;

/// <summary>A header that is sent with each request, for authentication or a tenant. Its value is never shown.</summary>
/// <param name="Value">May hold variables such as <c>${OTLP_TOKEN}</c>, which are expanded when it is sent.</param>
public sealed record OtlpHeader(string Name, string Value)
{
    /// <summary>What is accepted, for messages.</summary>
    public const string Accepted = "NAME=VALUE with commas between them, such as \"Authorization=Bearer ${OTLP_TOKEN},X-Scope-OrgID=shop\"";

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // What the sender itself says.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Content-Type", "Content-Length", "Content-Encoding", "Transfer-Encoding", "Connection", "Expect", "Host", "TE", "Trailer", "Upgrade",
    };

    /// <summary>Reads headers as OpenTelemetry writes them: with commas between them, and <c>%2C</c> for a comma in a value. Null for other texts, with the reason.</summary>
    /// <param name="isPublic">Whether others can read the text, on a command line.</param>
    public static IReadOnlyList<OtlpHeader>? Parse(string text, bool isPublic, out string problem)
    {
        problem = "";
        var headers = new List<OtlpHeader>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var sign = part.IndexOf('=', StringComparison.Ordinal);
            if (sign <= 0)
            {
                problem = $"expected {Accepted}";
                return null;
            }

            var header = new OtlpHeader(part[..sign].Trim(), Uri.UnescapeDataString(part[(sign + 1)..].Trim()));
            if (header.Problem(isPublic) is { } wrong)
            {
                problem = wrong;
                return null;
            }

            headers.Add(header);
        }

        return headers;
    }

    /// <summary>Why it cannot be sent, or must not be written here; null when it can. Never repeats the value.</summary>
    public string? Problem(bool isPublic)
    {
        if (Name.Length == 0 || Name.AsSpan().ContainsAnyExcept(NameCharacters)) return $"\"{PlainText.Excerpt(Name)}\" is no name of a header";
        if (Reserved.Contains(Name)) return $"{Name} cannot be given; it is the sender's own";
        if (Value.Any(char.IsControl) || Value.Any(c => c > '~')) return $"the value of {Name} has characters that a header cannot hold";
        var isSecret = isPublic && Placeholders.NamesIn(Value).FirstOrDefault() is null && SecretNames.LooksSecret(Name, Value);
        return isSecret ? $"the value of {Name} is secret, and others can read it here: write a variable such as ${{OTLP_TOKEN}}" : null;
    }

    /// <summary>Without the value, which must not get into a log.</summary>
    public override string ToString() => Name;
}
