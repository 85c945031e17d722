using OvermindGui.Core.Output;

namespace OvermindGui.Web.Components.Processes;

/// <summary>Whose output a page shows: all but the hidden ones, or, for a while, one alone.</summary>
/// <param name="Focused">Shown alone; what was hidden before is hidden again afterwards.</param>
public sealed record Selection(IReadOnlySet<string> Hidden, string? Focused = null)
{
    public static Selection All { get; } = new(new HashSet<string>());

    public ProcessFilter Filter => Focused is { } one ? ProcessFilter.Only(one)
        : Hidden.Count == 0 ? ProcessFilter.Everything
        : new ProcessFilter(Hidden);

    public bool Shows(string process) => Focused is null ? !Hidden.Contains(process) : Focused == process;

    /// <summary>What a click on a process means: hide or show it, and end the focus where it has that.</summary>
    /// <param name="all">Every name that can be chosen.</param>
    public Selection Toggle(string process, IEnumerable<string> all) =>
        Focused == process ? this with { Focused = null } : Shown(process, !Shows(process), all);

    /// <summary>The same, but with the output of this process shown or hidden. A focus ends with that: what was shown stays so.</summary>
    /// <param name="all">Every name that can be chosen.</param>
    public Selection Shown(string process, bool shown, IEnumerable<string> all)
    {
        var others = (Focused is null ? Hidden : all.Where(name => name != Focused)).Where(name => name != process);
        return Without(shown ? others : others.Append(process));
    }

    public Selection ToggleFocus(string process) => this with { Focused = Focused == process ? null : process };

    public static Selection Without(IEnumerable<string> hidden) => new(hidden.ToHashSet(StringComparer.Ordinal));

    public bool Equals(Selection? other) => other is not null && Focused == other.Focused && Hidden.SetEquals(other.Hidden);

    public override int GetHashCode() => HashCode.Combine(Hidden.Count, Focused);
}
