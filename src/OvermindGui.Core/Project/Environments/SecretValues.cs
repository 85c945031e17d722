using System.Text.RegularExpressions;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Secrets;

namespace OvermindGui.Core.Project.Environments;

/// <summary>Finds the secret values of a process: those of <see cref="SecretNames"/>, and values composed from them.</summary>
public sealed class SecretValues
{
    private const int Shortest = 4;

    // Shorter ones occur in other values by coincidence ("root" in HOME=/root), and count only where a password stands: after ":" or "=".
    private const int Distinctive = 8;
    private const string Hidden = "•••";

    private readonly List<Regex> _values;

    /// <param name="variables">All variables of the process.</param>
    public SecretValues(IReadOnlyDictionary<string, PlannedVariable> variables) => _values =
    [
        .. variables.Where(v => v.Value.Value.Length >= Shortest && SecretNames.LooksSecret(v.Key, v.Value.Value))
            .Select(v => v.Value.Value).OrderByDescending(value => value.Length).Select(Occurrence),
    ];

    public bool Has(string name, string value) =>
        SecretNames.LooksSecret(name, value) || _values.Exists(secret => secret.IsMatch(value));

    /// <summary>Redacts a text that variables were expanded in, such as an address.</summary>
    public string Hide(string text) => _values.Aggregate(text, (rest, secret) => secret.Replace(rest, Hidden));

    private static Regex Occurrence(string secret) =>
        new(secret.Length >= Distinctive ? Regex.Escape(secret) : $@"(?<=[:=]){Regex.Escape(secret)}(?=[@;&,\s""']|$)", RegexOptions.CultureInvariant);
}
