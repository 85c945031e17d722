using OvermindGui.Core.Output;
using OvermindGui.Web.Components.Processes;

namespace OvermindGui.Web.Components.Pages;

/// <summary>
/// What a person chose to see, as it stands in the address: <c>?hide=web,api&amp;focus=db&amp;filter=GET&amp;search=timeout</c>. So it survives a
/// reload and a restart of the dashboard, and two browsers differ.
/// </summary>
public sealed record PageState(Selection Selection, string Filter, string Search)
{
    public const string HideName = "hide";
    public const string FocusName = "focus";
    public const string FilterName = "filter";
    public const string SearchName = "search";

    /// <summary>Longer texts are cut: nobody types them, and addresses have an end.</summary>
    public const int MaxTextLength = 500;

    public static PageState Initial { get; } = new(Selection.All, "", "");

    /// <summary>The lines of the log.</summary>
    public LineFilter Lines => new LineFilter(Selection.Filter).With(Filter);

    public static PageState Parse(string? hide, string? focus, string? filter, string? search)
    {
        var hidden = (hide ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new PageState(
            Selection.Without(hidden) with { Focused = string.IsNullOrWhiteSpace(focus) ? null : focus.Trim() }, Text(filter), Text(search));
    }

    /// <summary>What the address says; null for what it need not say.</summary>
    public IReadOnlyDictionary<string, object?> ToQuery() => new Dictionary<string, object?>
    {
        [HideName] = TextOf(Selection.Hidden),
        [FocusName] = Selection.Focused,
        [FilterName] = OrNull(Filter),
        [SearchName] = OrNull(Search),
    };

    /// <summary>Names as they stand in the address; null for none.</summary>
    public static string? TextOf(IReadOnlySet<string> hidden) =>
        hidden.Count == 0 ? null : string.Join(',', hidden.Order(StringComparer.Ordinal));

    /// <summary>As it can be looked for: blanks count, line ends cannot be in a line.</summary>
    public static string Text(string? typed)
    {
        var text = (typed ?? "").ReplaceLineEndings("");
        return text.Length <= MaxTextLength ? text : text[..MaxTextLength];
    }

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
