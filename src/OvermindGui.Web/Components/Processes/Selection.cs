using OvermindGui.Core.Output;

namespace OvermindGui.Web.Components.Processes;

/// <summary>Whose output a page shows: all but the hidden ones, or, while some are selected, those alone.</summary>
/// <param name="Hidden">Not shown while nothing is selected: the check boxes of the list.</param>
/// <param name="Selected">Shown alone; empty when nothing is selected. What was hidden before is hidden again afterwards.</param>
public sealed record Selection(IReadOnlySet<string> Hidden, IReadOnlySet<string> Selected)
{
    private static readonly IReadOnlySet<string> None = new HashSet<string>();

    /// <summary>Every process is shown.</summary>
    public static Selection All { get; } = new(None, None);

    /// <summary>Whether only the selected processes are shown.</summary>
    public bool IsNarrowed => Selected.Count > 0;

    /// <summary>Whether anything is kept from view.</summary>
    public bool IsEverything => Selected.Count == 0 && Hidden.Count == 0;

    /// <summary>The same for readers of lines.</summary>
    public ProcessFilter Filter => IsNarrowed ? ProcessFilter.Only(Selected)
        : Hidden.Count == 0 ? ProcessFilter.Everything
        : new ProcessFilter(Hidden);

    /// <summary>All but the named ones.</summary>
    public static Selection Without(IEnumerable<string> hidden) => new(ToSet(hidden), None);

    /// <summary>Selects only the named processes and ignores which are hidden.</summary>
    public Selection Only(params IEnumerable<string> names) => this with { Selected = ToSet(names) };

    /// <summary>Ends the selection; the hidden ones stay hidden.</summary>
    public Selection Cleared() => this with { Selected = None };

    /// <summary>Whether the output of this process is shown.</summary>
    public bool Shows(string process) => IsNarrowed ? Selected.Contains(process) : !Hidden.Contains(process);

    /// <summary>What a plain click means: this one alone, and all again when it was alone already.</summary>
    public Selection Click(string process) => Selected.Count == 1 && Selected.Contains(process) ? Cleared() : Only(process);

    /// <summary>What a click with Ctrl or ⌘ means: one more, or one less.</summary>
    public Selection Toggle(string process) => Only(Selected.Contains(process) ? Selected.Where(name => name != process) : Selected.Append(process));

    /// <summary>What a click with Shift means: all from one name of the list to another one as well.</summary>
    public Selection Extend(string from, string to, IReadOnlyList<string> list)
    {
        var (one, other) = (IndexOf(list, from), IndexOf(list, to));
        if (one < 0 || other < 0) return Only(to);
        return Only(Selected.Concat(list.Skip(Math.Min(one, other)).Take(Math.Abs(one - other) + 1)));
    }

    /// <summary>What a check box means: this process is shown or hidden, and nothing else changes.</summary>
    /// <param name="all">Every name that can be chosen.</param>
    public Selection Shown(string process, bool shown, IEnumerable<string> all)
    {
        if (!IsNarrowed) return this with { Hidden = ToSet(shown ? Hidden.Where(name => name != process) : Hidden.Append(process)) };
        var selected = ToSet(shown ? Selected.Append(process) : Selected.Where(name => name != process));
        return selected.Count > 0 ? this with { Selected = selected } : Without(all);
    }

    /// <inheritdoc/>
    public bool Equals(Selection? other) => other is not null && Hidden.SetEquals(other.Hidden) && Selected.SetEquals(other.Selected);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Hidden.Count, Selected.Count);

    private static HashSet<string> ToSet(IEnumerable<string> names) => names.ToHashSet(StringComparer.Ordinal);

    private static int IndexOf(IReadOnlyList<string> list, string name)
    {
        for (var i = 0; i < list.Count; i++)
            if (list[i] == name) return i;
        return -1;
    }
}
