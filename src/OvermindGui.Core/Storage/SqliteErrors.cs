using Microsoft.Data.Sqlite;

namespace OvermindGui.Core.Storage;

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

    // Extended: a page of the write-ahead log is behind the end of that file.
    private const int ShortRead = InputOutput | 2 << 8;

    /// <summary>The file is not what SQLite has written. The daemon that notices repairs it or begins a new one.</summary>
    public static bool IsDamaged(SqliteException exception) =>
        exception.SqliteErrorCode is Corrupt or NotADatabase || exception.SqliteExtendedErrorCode == ShortRead;

    /// <summary>What a person can do about it.</summary>
    public const string WhatHelps = "look at the free space of the disk, its permissions, and who else has it open, then try again";

    /// <summary>
    /// What passes, by itself or when a person helps: a writer holds the file, the disk is full or read-only (a reader's place in the index of
    /// the write-ahead log is written, too), or the file is being replaced by another ("no such table" is a plain error).
    /// </summary>
    public static bool IsNotReadableNow(SqliteException exception) =>
        IsDamaged(exception) || exception.SqliteErrorCode is Error or Busy or Locked or ReadOnly or InputOutput or Full or CannotOpen;
}
