using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Secrets;

namespace OvermindGui.Core.Project.Environments;

/// <summary>Finds the secret values of a process: those of <see cref="SecretNames"/>, and values composed from them.</summary>
public sealed class SecretValues
{
    // Shorter values occur in other values by coincidence.
    private const int ShortestTelling = 4;
    private const string Hidden = "•••";

    private readonly List<string> _values;

    /// <param name="variables">All variables of the process.</param>
    public SecretValues(IReadOnlyDictionary<string, PlannedVariable> variables) => _values =
    [
        .. variables.Where(v => v.Value.Value.Length >= ShortestTelling && SecretNames.LooksSecret(v.Key, v.Value.Value))
            .Select(v => v.Value.Value).OrderByDescending(value => value.Length),
    ];

    public bool Has(string name, string value) =>
        SecretNames.LooksSecret(name, value) || _values.Exists(secret => value.Contains(secret, StringComparison.Ordinal));

    /// <summary>Redacts a text that variables were expanded in, such as an address.</summary>
    public string Hide(string text) => _values.Aggregate(text, (rest, secret) => rest.Replace(secret, Hidden, StringComparison.Ordinal));
}
