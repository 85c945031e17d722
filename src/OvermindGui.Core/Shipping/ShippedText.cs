using OvermindGui.Core.Secrets;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Shipping;

/// <summary>What leaves the machine of a text: without what other engines cannot store, and without secrets where that was asked for.</summary>
/// <param name="redactor">Null to ship lines as they are.</param>
public sealed class ShippedText(OutputRedactor? redactor)
{
    private const char Replacement = '\uFFFD';

    /// <summary>A line's text and style; a text that was redacted has no style, because its positions mean nothing any more.</summary>
    public (string Text, string? Style) Of(Line line)
    {
        var text = Storable(line.Text);
        if (redactor is null) return (text, line.Style);
        var redacted = redactor.Redact(line.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), text);
        return redacted == text ? (text, line.Style) : (redacted, null);
    }

    /// <summary>A part of a line that was stored elsewhere.</summary>
    public string Of(string text) => redactor is null ? Storable(text) : SecretText.Redact(Storable(text));

    /// <summary>A text that people wrote into files, such as a command. Its secrets never leave the machine.</summary>
    public static string OfFile(string text) => SecretText.Redact(Storable(text));

    /// <inheritdoc cref="OfFile"/>
    public static string? OfFileOrNull(string? text) => text is null ? null : OfFile(text);

    /// <summary>The text with replacements for NUL and for halves of characters.</summary>
    public static string Storable(string text)
    {
        if (!text.Contains('\0', StringComparison.Ordinal) && !HasHalf(text)) return text;
        var characters = text.ToCharArray();
        for (var i = 0; i < characters.Length; i++)
            if (characters[i] == '\0' || IsHalf(text, i)) characters[i] = Replacement;
        return new string(characters);
    }

    private static bool HasHalf(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (IsHalf(text, i)) return true;
        return false;
    }

    private static bool IsHalf(string text, int i) =>
        (char.IsHighSurrogate(text[i]) && (i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])))
        || (char.IsLowSurrogate(text[i]) && (i == 0 || !char.IsHighSurrogate(text[i - 1])));
}
