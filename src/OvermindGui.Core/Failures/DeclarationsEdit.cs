using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OvermindGui.Core.Failures;

/// <summary>Edits the bytes of a valid file. Everything else in it stays unchanged.</summary>
/// <returns>The new bytes; null when there is nothing to change.</returns>
internal delegate byte[]? DeclarationsEdit(ReadOnlySpan<byte> bytes);

internal static class DeclarationsEdits
{
    private static readonly JsonWriterOptions Written = new()
    {
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // readable escapes; the text is never embedded in a page
    };

    /// <summary>Adds a declaration. An existing one stays in place, but its action is updated if one is given.</summary>
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

    /// <summary>Removes all declarations of a pattern, and the process's key with the last one.</summary>
    /// <param name="isRegex">True removes only regular expressions, false only plain texts, null both.</param>
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
    /// Replaces one declaration by another in one step; keeps its position and the other fields of its entry. Removes any other entry with
    /// the same pattern. Does nothing when the old declaration does not exist.
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
