namespace OvermindGui.Core.Planning;

/// <summary>Entries that an option names.</summary>
/// <param name="Setting">Null when the option was not given.</param>
public sealed record EntryList(Setting? Setting, IReadOnlySet<string> Names)
{
    public static EntryList Empty { get; } = new(null, new HashSet<string>());

    public bool IsGiven => Setting is not null;

    public bool Has(string entry) => Names.Contains(entry);

    internal static EntryList From(Setting? setting) =>
        SettingReader.List(setting) is { Length: > 0 } names ? new EntryList(setting, names.ToHashSet()) : Empty;
}
