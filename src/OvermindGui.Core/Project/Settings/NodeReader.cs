using System.Text;
using OvermindGui.Core.Contracts;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OvermindGui.Core.Project.Settings;

/// <summary>
/// Parses YAML into nodes and problems. A hostile file cannot exhaust memory or stack: an alias refers to its anchor's node, and the
/// expanded size is limited.
/// </summary>
internal sealed class NodeReader
{
    private const int MaxDepth = 16;
    private const int MaxSize = 100_000;

    private readonly Parser _events;
    private readonly string _file;
    private readonly List<Problem> _problems;
    private readonly Dictionary<AnchorName, Node> _anchors = [];

    private NodeReader(string text, string file, List<Problem> problems) =>
        (_events, _file, _problems) = (new Parser(new Scanner(new StringReader(text), skipComments: true)), file, problems);

    /// <summary>The document's root; null when there is none, or when it is invalid.</summary>
    public static Node? Read(ReadOnlySpan<byte> bytes, string file, List<Problem> problems)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
        try
        {
            return Read(StrictUtf8.GetString(bytes), file, problems);
        }
        catch (DecoderFallbackException e)
        {
            var line = bytes[..Math.Clamp(e.Index, 0, bytes.Length)].Count((byte)'\n') + 1;
            problems.Add(new Problem(new SourceLocation(file, line, 1), ProblemSeverity.Error, "not UTF-8 text; save the file as UTF-8"));
            return null;
        }
    }

    private static Node? Read(string text, string file, List<Problem> problems)
    {
        var reader = new NodeReader(text, file, problems);
        try
        {
            return reader.ReadDocument();
        }
        catch (TooDeepException)
        {
            return null;
        }
        catch (YamlException e)
        {
            problems.Add(reader.IndentingTab(text, e) is { } tab
                ? new Problem(tab, ProblemSeverity.Error, "a tab before the text; expected blanks, YAML knows no other indentation")
                : new Problem(reader.Place(e.Start), ProblemSeverity.Error, $"not YAML: {e.Message}"));
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // For some invalid documents, such as "!!]", the library's message is unhelpful and has no position.
            var place = reader._events.Current is { } last ? reader.Place(last.Start) : new SourceLocation(file, 1, 1);
            problems.Add(new Problem(place, ProblemSeverity.Error, "not YAML from here on"));
            return null;
        }
    }

    private Node? ReadDocument()
    {
        _events.Consume<StreamStart>();
        if (_events.Accept<StreamEnd>(out _)) return null;
        _events.Consume<DocumentStart>();
        var root = ReadNode(depth: 0);
        _events.Consume<DocumentEnd>();
        if (_events.Accept<DocumentStart>(out var second)) AddError(second, "a second document; expected one alone");
        if (root?.Size <= MaxSize) return root;
        if (root is not null) AddError(null, $"its aliases make it larger than {MaxSize} values");
        return null;
    }

    // Null when it is invalid.
    private Node? ReadNode(int depth)
    {
        if (_events.TryConsume<AnchorAlias>(out var alias)) return ReadAlias(alias);
        // The parser omits the value of a final "- : ".
        if (_events.Current is not NodeEvent start)
            throw new SemanticErrorException(_events.Current!.Start, _events.Current.End, "a value is missing");
        if (!start.Tag.IsEmpty) AddError(start, "a tag (\"!…\"); expected a value without one");
        if (depth == MaxDepth)
        {
            // Stops early: the library's memory per level grows with the nesting depth.
            AddError(start, $"more than {MaxDepth} levels");
            throw new TooDeepException();
        }

        Node? node = start switch
        {
            MappingStart => ReadMap(depth),
            SequenceStart => ReadList(depth),
            _ => ReadText(),
        };
        if (node is not null && !start.Anchor.IsEmpty) _anchors[start.Anchor] = node;
        return node;
    }

    private Node? ReadAlias(AnchorAlias alias)
    {
        if (_anchors.TryGetValue(alias.Value, out var node)) return node;
        AddError(alias, $"\"*{alias.Value}\" stands for nothing; expected an anchor \"&{alias.Value}\" before it");
        return null;
    }

    private TextNode? ReadText()
    {
        var text = _events.Consume<Scalar>();
        if (!text.Value.Contains('\0', StringComparison.Ordinal))
            return new TextNode(Place(text.Start), text.Value, text.Style == ScalarStyle.Plain);
        AddError(text, "a NUL character; expected a text that paths and commands can hold");
        return null;
    }

    private ListNode ReadList(int depth)
    {
        var place = Place(_events.Consume<SequenceStart>().Start);
        var items = new List<Node>();
        while (!_events.TryConsume<SequenceEnd>(out _))
            if (ReadNode(depth + 1) is { } item) items.Add(item);
        return new ListNode(place, SizeOf(items), items);
    }

    private MapNode ReadMap(int depth)
    {
        var place = Place(_events.Consume<MappingStart>().Start);
        var entries = new Dictionary<string, (TextNode Key, Node Value)>();
        while (!_events.TryConsume<MappingEnd>(out _))
        {
            var (key, value) = (ReadKey(depth), ReadNode(depth + 1));
            if (key is null || value is null) continue;
            if (!entries.TryAdd(key.Value, (key, value)))
                _problems.Add(new Problem(
                    key.Place, ProblemSeverity.Error, $"\"{key.Excerpt}\" is already there on line {entries[key.Value].Key.Place.Line}; expected each key once"));
        }

        return new MapNode(place, SizeOf(entries.Values.Select(e => e.Value)), [.. entries.Values]);
    }

    private TextNode? ReadKey(int depth)
    {
        var start = _events.Current!;
        var node = ReadNode(depth + 1);
        if (node is TextNode key) return key with { Place = Place(start.Start) };
        if (node is not null) AddError(start, $"expected a name before the colon, found {node.Described}");
        return null;
    }

    private void AddError(ParsingEvent? at, string message) =>
        _problems.Add(new Problem(at is null ? new SourceLocation(_file) : Place(at.Start), ProblemSeverity.Error, message));

    // Bounded, because nested aliases would overflow the number.
    private static long SizeOf(IEnumerable<Node> nodes) => nodes.Aggregate(1L, (sum, node) => Math.Min(sum + node.Size, MaxSize + 1));

    private SourceLocation Place(Mark mark) => new(_file, (int)mark.Line, (int)mark.Column);

    // The most common mistake, which the library reports one line too early.
    private SourceLocation? IndentingTab(string text, YamlException e)
    {
        if (!e.Message.Contains("tab", StringComparison.OrdinalIgnoreCase)) return null;
        var lines = text.Split('\n');
        var line = Array.FindIndex(lines, Math.Clamp((int)e.Start.Line - 1, 0, lines.Length - 1), l => l.TrimStart(' ').StartsWith('\t'));
        return line < 0 ? null : new SourceLocation(_file, line + 1, lines[line].IndexOf('\t') + 1);
    }

    private sealed class TooDeepException : Exception;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
