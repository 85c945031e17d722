using Microsoft.Data.Sqlite;

namespace OvermindGui.Core.Data;

/// <summary>Primary result codes (sqlite.org/rescode.html) that we tell apart.</summary>
public static class SqliteErrors
{
    public const int Error = 1;
    public const int Busy = 5;
    public const int Locked = 6;
    public const int ReadOnly = 8;
    public const int InputOutput = 10;
    public const int Corrupt = 11;
    public const int Full = 13;
    public const int CannotOpen = 14;
    public const int NotADatabase = 26;

    /// <summary>The file is not what SQLite has written. The daemon that notices begins a new one.</summary>
    public static bool IsDamaged(SqliteException exception) => exception.SqliteErrorCode is Corrupt or NotADatabase;

    /// <summary>
    /// What a reader waits out: a writer holds the file, or the file is being replaced by another ("no such table" is a plain error).
    /// </summary>
    public static bool IsNotReadableNow(SqliteException exception) =>
        IsDamaged(exception) || exception.SqliteErrorCode is Error or Busy or InputOutput or CannotOpen;
}
