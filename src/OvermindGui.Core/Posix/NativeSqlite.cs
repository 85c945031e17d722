using System.Runtime.InteropServices;

namespace OvermindGui.Core.Posix;

/// <summary>
/// The calls of SQLite's library that are made for each line of a flood, on the handle of a prepared statement. Through a
/// <see cref="SafeHandle"/>, and with a copy of each text, they cost a tenth of what a line costs.
/// </summary>
public static unsafe partial class NativeSqlite
{
    private const string Library = "e_sqlite3";

    /// <summary>sqlite3_bind_int64.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64"), SuppressGCTransition]
    public static partial int BindNumber(nint statement, int parameter, long value);

    /// <summary>sqlite3_bind_null.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_bind_null"), SuppressGCTransition]
    public static partial int BindNull(nint statement, int parameter);

    /// <summary>sqlite3_bind_text without a copy: the text stays where it is until the statement has run.</summary>
    public static int BindText(nint statement, int parameter, byte* utf8, int length) => BindText(statement, parameter, utf8, length, destructor: 0);

    /// <summary>sqlite3_step.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    public static partial int Step(nint statement);

    /// <summary>sqlite3_reset, whose result is that of the step before it.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_reset")]
    public static partial void Reset(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_text"), SuppressGCTransition]
    private static partial int BindText(nint statement, int parameter, byte* utf8, int length, nint destructor);
}
