using System.Text.RegularExpressions;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Project.Settings;

/// <summary>A part of a YAML document.</summary>
/// <param name="Size">Number of nodes with all aliases expanded.</param>
internal abstract record Node(SourceLocation Place, long Size)
{
    /// <summary>Describes the node for messages.</summary>
    public abstract string Described { get; }

    public bool IsNull => this is TextNode { IsPlain: true, Value: "" or "~" or "null" or "Null" or "NULL" };
}

internal sealed record ListNode(SourceLocation Place, long Size, IReadOnlyList<Node> Items) : Node(Place, Size)
{
    public override string Described => "a list";
}

/// <param name="Entries">In file order, each key once.</param>
internal sealed record MapNode(SourceLocation Place, long Size, IReadOnlyList<(TextNode Key, Node Value)> Entries) : Node(Place, Size)
{
    public override string Described => "a map";
}

/// <param name="IsPlain">Written without quotes, so that it may be a number, a boolean or null in YAML 1.2's core schema.</param>
internal sealed partial record TextNode(SourceLocation Place, string Value, bool IsPlain) : Node(Place, 1)
{
    public bool? Flag => (IsPlain, Value) switch
    {
        (true, "true" or "True" or "TRUE") => true,
        (true, "false" or "False" or "FALSE") => false,
        _ => null,
    };

    public bool IsNumber => IsPlain && NumberPattern().IsMatch(Value);

    public bool IsText => !IsNull && Flag is null && !IsNumber;

    public override string Described => IsNull ? "nothing" : Flag is not null ? Value : IsNumber ? $"the number {Value}" : $"\"{Excerpt}\"";

    public string Excerpt => PlainText.Excerpt(Value);

    [GeneratedRegex(@"^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z")]
    private static partial Regex NumberPattern();
}
