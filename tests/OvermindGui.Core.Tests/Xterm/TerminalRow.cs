using OvermindGui.Core.Terminal;

namespace OvermindGui.Core.Tests.Xterm;

/// <summary>A row for comparison: text without blanks at its end and a style per UTF-16 unit, null where nothing was ever written.</summary>
public sealed record TerminalRow(string Text, IReadOnlyList<string?> Styles)
{
    public static TerminalRow Of(StyledLine line)
    {
        line = line.WithoutTabs();
        var text = line.Text.TrimEnd(' ');
        var styles = new string?[text.Length];
        Array.Fill(styles, "");
        foreach (var run in line.Runs)
            for (var i = run.Start; i < Math.Min(run.End, text.Length); i++) styles[i] = Describe(run.Style);
        return new TerminalRow(text, styles);
    }

    public static IReadOnlyList<TerminalRow> WithoutEmptyEnd(IEnumerable<TerminalRow> rows)
    {
        var list = rows.ToList();
        while (list is [.., { Text: "" }]) list.RemoveAt(list.Count - 1);
        return list;
    }

    /// <summary>What differs, for a person; null when both are the same.</summary>
    public string? DifferenceFrom(TerminalRow expected)
    {
        if (Text != expected.Text) return $"text {Text} instead of {expected.Text}";
        for (var i = 0; i < Text.Length; i++)
            if (expected.Styles[i] is { } style && style != Styles[i])
                return $"style \"{Styles[i]}\" instead of \"{style}\" at {i} of {Text}";
        return null;
    }

    private static string Describe(TextStyle style)
    {
        var parts = new List<string>();
        var text = new System.Text.StringBuilder();
        // In the order of the reference: the kind of an underline beside it, then the colours.
        foreach (var (flag, name) in Names)
            if (style.Has(flag)) parts.Add(name);
        Add("f", style.Foreground);
        Add("b", style.Background);
        if (style.Has(TextAttributes.Underline)) Add("u", style.UnderlineColor);
        return string.Join(' ', parts);

        void Add(string prefix, TerminalColor color)
        {
            if (color.Hex is { } hex) parts.Add(prefix + hex);
            else if (color.Index is { } index) parts.Add($"{prefix}{index}");
        }
    }

    private static readonly (TextAttributes Flag, string Name)[] Names =
    [
        (TextAttributes.Bold, "bold"),
        (TextAttributes.Faint, "faint"),
        (TextAttributes.Italic, "italic"),
        (TextAttributes.Underline, "underline"),
        (TextAttributes.DoubleUnderline, "double"),
        (TextAttributes.CurlyUnderline, "curly"),
        (TextAttributes.DottedUnderline, "dotted"),
        (TextAttributes.DashedUnderline, "dashed"),
        (TextAttributes.Blink, "blink"),
        (TextAttributes.Inverse, "inverse"),
        (TextAttributes.Conceal, "conceal"),
        (TextAttributes.Strike, "strike"),
        (TextAttributes.Overline, "overline"),
    ];
}
