using System.Text;
using System.Text.Json;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Failures;

/// <summary>
/// Parses <c>failure_declarations.json</c> into declarations, or reports all problems with their lines. Comments are rejected, because
/// programs rewrite the file and would lose them.
/// </summary>
internal static class DeclarationsParser
{
    private const string Expected = """expected {"process": ["text", …]}""";

    public static DeclarationsReading Parse(ReadOnlySpan<byte> bytes)
    {
        if (IsBlank(bytes)) return DeclarationsReading.Empty;
        var declarations = new Dictionary<string, IReadOnlyList<FailureDeclaration>>();
        var problems = new List<Problem>();
        try
        {
            if (InvalidUtf8(bytes) is { } index)
                problems.Add(InFile(LineAt(bytes, index), "not UTF-8 text; save the file as UTF-8"));
            else
                Read(bytes, declarations, problems);
        }
        catch (JsonException e)
        {
            problems.Add(InFile((int)(e.LineNumber ?? -1) + 1, $"not JSON: {Reason(e)}"));
        }

        return problems.Count == 0 ? new DeclarationsReading(declarations, []) : DeclarationsReading.Empty with { Problems = problems };
    }

    /// <summary>Only whitespace: no declarations, as without a file.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> bytes) => WithoutMark(bytes).IndexOfAnyExcept(" \t\r\n"u8) < 0;

    /// <summary>The bytes after a byte order mark, which JSON does not allow but some editors write.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;

    private static void Read(
        ReadOnlySpan<byte> bytes, Dictionary<string, IReadOnlyList<FailureDeclaration>> declarations, List<Problem> problems)
    {
        bytes = WithoutMark(bytes);
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            problems.Add(InFile(LineAt(bytes, reader.TokenStartIndex), $"{Expected}, found {Kind(JsonElement.ParseValue(ref reader))}"));
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var line = LineAt(bytes, reader.TokenStartIndex);
            var process = TextOf(ref reader);
            reader.Read();
            if (process is null)
                problems.Add(InFile(line, "the name holds half of a character"));
            else if (declarations.ContainsKey(process))
                problems.Add(InFile(line, $"\"{process}\" is already there; put its declarations into one list"));
            else if (reader.TokenType == JsonTokenType.StartArray)
            {
                declarations.Add(process, ReadList(bytes, ref reader, process, problems));
                continue;
            }
            else
                problems.Add(InFile(line, $"{process}: expected a list, found {Kind(JsonElement.ParseValue(ref reader))}"));

            reader.Skip(); // does nothing after a scalar value
        }

        reader.Read(); // throws if content follows the end
    }

    private static List<FailureDeclaration> ReadList(
        ReadOnlySpan<byte> bytes, ref Utf8JsonReader reader, string process, List<Problem> problems)
    {
        var list = new List<FailureDeclaration>();
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            var line = LineAt(bytes, reader.TokenStartIndex);
            var wrong = new List<string>();
            if (DeclarationEntry.Read(JsonElement.ParseValue(ref reader), wrong) is { } declaration) list.Add(declaration);
            problems.AddRange(wrong.Select(w => InFile(line, $"{process}[{index}]: {w}")));
        }

        return list;
    }

    // Null for an unpaired surrogate, such as a lone "\ud83d".
    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Kind(JsonElement element) => DeclarationEntry.Kind(element);

    private static int? InvalidUtf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _ = StrictUtf8.GetCharCount(bytes);
            return null;
        }
        catch (DecoderFallbackException e)
        {
            return Math.Clamp(e.Index, 0, bytes.Length);
        }
    }

    private static Problem InFile(int line, string message) => new(ProjectFolder.DeclarationsFileName, line, ProblemSeverity.Warning, message);

    private static int LineAt(ReadOnlySpan<byte> bytes, long index) => bytes[..(int)index].Count((byte)'\n') + 1;

    // The message ends with the position, counted from 0.
    private static string Reason(JsonException e) =>
        e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal) is >= 0 and var end ? e.Message[..end].TrimEnd() : e.Message;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
