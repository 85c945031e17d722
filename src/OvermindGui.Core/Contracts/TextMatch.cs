using System.Text;
using Microsoft.Data.Sqlite;

namespace OvermindGui.Core.Contracts;

/// <summary>
/// A text to be found in lines, in any case: character by character, as .NET's ordinal comparison does, so that a hit is as long as the
/// text that was asked for.
/// </summary>
public sealed record TextMatch(string Text)
{
    private const string Function = "overmind_holds";

    // To LIKE these two stand for anything.
    private static readonly string[] Wildcards = ["\\", "%", "_"];

    public bool IsIn(string line) => line.Contains(Text, StringComparison.OrdinalIgnoreCase);

    public bool Equals(TextMatch? other) => string.Equals(Text, other?.Text, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.OrdinalIgnoreCase);

    /// <summary>A condition on the column <c>text</c>; what it compares with is <see cref="SqlParameter"/>.</summary>
    /// <remarks>
    /// LIKE folds the case of ASCII alone. For a text of nothing else that is what .NET does, where no other character is a case of
    /// an ASCII one, and it is two and a half times as fast as our own function, which gets each line handed over.
    /// </remarks>
    internal string Sql(string parameter) => IsAscii ? $"text LIKE {parameter} ESCAPE '\\'" : $"{Function}(text, {parameter})";

    internal string SqlParameter => IsAscii
        ? $"%{Wildcards.Aggregate(Text, (text, wildcard) => text.Replace(wildcard, "\\" + wildcard, StringComparison.Ordinal))}%"
        : Text;

    private bool IsAscii => Ascii.IsValid(Text);

    /// <summary>Makes the function known that the condition may call.</summary>
    internal static void Register(SqliteConnection connection) =>
        connection.CreateFunction(Function, (string line, string text) => new TextMatch(text).IsIn(line), isDeterministic: true);
}
