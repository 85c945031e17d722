using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OvermindGui.Core.Failures;

/// <summary>A change to the bytes of the file, which has no problems. Everything it is not about stays as it is.</summary>
/// <returns>The new bytes; null when there is nothing to change.</returns>
internal delegate byte[]? DeclarationsEdit(ReadOnlySpan<byte> bytes);

internal static class DeclarationsEdits
{
    private static readonly JsonWriterOptions Written = new()
    {
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // for people to read; no page takes it as it stands
    };

    /// <summary>Adds a declaration. One that is there already is left alone, but takes over an action that is given.</summary>
    public static DeclarationsEdit Add(string process, FailureDeclaration declaration) => bytes =>
    {
        var root = Parse(bytes);
        if (root[process] is not JsonArray list) root[process] = list = [];
        var known = list.FirstOrDefault(entry => DeclarationEntry.Of(entry!).LooksFor(declaration));
        if (known is null) list.Add(DeclarationEntry.Create(declaration));
        else if (declaration.Action is not { } action || DeclarationEntry.Of(known).Action == action) return null;
        else list[list.IndexOf(known)] = DeclarationEntry.WithAction(known, action);
        return Write(root);
    };

    /// <summary>Removes all declarations of a pattern. A process without declarations has no key.</summary>
    /// <param name="isRegex">Only those that are a regular expression, or only those that are none; null for both.</param>
    public static DeclarationsEdit Remove(string process, string pattern, bool? isRegex) => bytes =>
    {
        var root = Parse(bytes);
        if (root[process] is not JsonArray list) return null;
        var removed = list.RemoveAll(entry =>
            DeclarationEntry.Of(entry!) is var known && known.Pattern == pattern.Trim() && (isRegex ?? known.IsRegex) == known.IsRegex);
        if (removed == 0) return null;
        if (list.Count == 0) root.Remove(process);
        return Write(root);
    };

    /// <summary>
    /// Puts one declaration in the place of another, in one step: its rank and what else its entry holds are kept. Another entry that looks for
    /// the same goes. Nothing changes when the former is not there.
    /// </summary>
    public static DeclarationsEdit Replace(string process, FailureDeclaration former, FailureDeclaration declaration) => bytes =>
    {
        var root = Parse(bytes);
        if (root[process] is not JsonArray list) return null;
        var index = list.ToList().FindIndex(entry => DeclarationEntry.Of(entry!).LooksFor(former));
        if (index < 0 || DeclarationEntry.Of(list[index]!) == declaration) return null;
        var changed = DeclarationEntry.Changed(list[index]!, declaration);
        list[index] = changed;
        list.RemoveAll(entry => entry != changed && DeclarationEntry.Of(entry!).LooksFor(declaration));
        return Write(root);
    };

    private static JsonObject Parse(ReadOnlySpan<byte> bytes) =>
        DeclarationsParser.IsBlank(bytes) ? [] : JsonNode.Parse(DeclarationsParser.WithoutMark(bytes))!.AsObject();

    private static byte[] Write(JsonObject root)
    {
        using var memory = new MemoryStream();
        using (var writer = new Utf8JsonWriter(memory, Written)) root.WriteTo(writer);
        memory.WriteByte((byte)'\n');
        return memory.ToArray();
    }
}
