namespace OvermindGui.Core.Project.Planning;

/// <summary>A list of entries from an option.</summary>
/// <param name="ConfiguredValue">Null when the option was not set.</param>
public sealed record EntryList(ConfiguredValue? ConfiguredValue, IReadOnlySet<string> Names)
{
    public static EntryList Empty { get; } = new(null, new HashSet<string>());

    public bool IsGiven => ConfiguredValue is not null;

    public bool Has(string entry) => Names.Contains(entry);

    internal static EntryList From(ConfiguredValue? setting) =>
        SettingReader.List(setting) is { Length: > 0 } names ? new EntryList(setting, names.ToHashSet()) : Empty;
}
