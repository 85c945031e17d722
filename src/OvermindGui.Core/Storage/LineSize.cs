namespace OvermindGui.Core.Storage;

/// <summary>What a line takes in the database.</summary>
public static class LineSize
{
    /// <summary>Bytes of the other columns and of the index entry.</summary>
    public const int PerLine = 40;

    /// <summary>The same of a row of <c>lines</c>, in SQL. SQLite answers it without reading the text.</summary>
    public const string Sql = "octet_length(text) + coalesce(octet_length(style), 0) + 40"; // PerLine
}
