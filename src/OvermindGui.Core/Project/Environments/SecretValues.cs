using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Secrets;

namespace OvermindGui.Core.Project.Environments;

/// <summary>Which values of a process are secret: those of <see cref="SecretNames"/>, and whatever was put together from them.</summary>
public sealed class SecretValues
{
    // Shorter ones are in too much by chance.
    private const int ShortestTelling = 4;
    private const string Hidden = "•••";

    private readonly List<string> _values;

    /// <param name="variables">All that the process sees.</param>
    public SecretValues(IReadOnlyDictionary<string, PlannedVariable> variables) => _values =
    [
        .. variables.Where(v => v.Value.Value.Length >= ShortestTelling && SecretNames.LooksSecret(v.Key, v.Value.Value))
            .Select(v => v.Value.Value).OrderByDescending(value => value.Length),
    ];

    public bool Has(string name, string value) =>
        SecretNames.LooksSecret(name, value) || _values.Exists(secret => value.Contains(secret, StringComparison.Ordinal));

    /// <summary>A text that variables were put into, such as an address, without what is secret of it.</summary>
    public string Hide(string text) => _values.Aggregate(text, (rest, secret) => rest.Replace(secret, Hidden, StringComparison.Ordinal));
}
