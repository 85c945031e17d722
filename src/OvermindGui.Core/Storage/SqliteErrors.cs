using Microsoft.Data.Sqlite;

namespace OvermindGui.Core.Storage;

/// <summary>Classifies SQLite errors by their primary result codes (sqlite.org/rescode.html).</summary>
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

    // Extended code: a page of the write-ahead log lies beyond the end of the log file.
    private const int ShortRead = InputOutput | 2 << 8;

    /// <summary>The file's content is damaged. The daemon repairs it or starts a new one.</summary>
    public static bool IsDamaged(SqliteException exception) =>
        exception.SqliteErrorCode is Corrupt or NotADatabase || exception.SqliteExtendedErrorCode == ShortRead;

    /// <summary>
    /// A table or column is missing, since an older daemon's file has only what that version knew. SQLite has no code of its own for it.
    /// </summary>
    public static bool IsMissingTable(SqliteException exception) =>
        exception.SqliteErrorCode == Error && (exception.Message.Contains("no such table", StringComparison.Ordinal)
            || exception.Message.Contains("no such column", StringComparison.Ordinal));

    /// <summary>What the user can do about the error.</summary>
    public const string WhatHelps = "look at the free space of the disk, its permissions, and who else has it open, then try again";

    /// <summary>
    /// True when the database cannot be used at the moment, until the cause ends or the user intervenes: it is damaged, a writer holds it,
    /// the disk is full or read-only (readers also write, to the index of the write-ahead log), or the file is being replaced ("no such
    /// table" is a plain error).
    /// </summary>
    public static bool IsNotReadableNow(SqliteException exception) =>
        IsDamaged(exception) || exception.SqliteErrorCode is Error or Busy or Locked or ReadOnly or InputOutput or Full or CannotOpen;
}
