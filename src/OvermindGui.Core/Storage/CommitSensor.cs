using Microsoft.Data.Sqlite;
using OvermindGui.Core.Posix;

namespace OvermindGui.Core.Storage;

/// <summary>
/// Whether anything was committed to the database since it was asked last (<c>PRAGMA data_version</c>, 10 µs). A file that was written need not hold
/// anything new: a checkpoint moves what is there.
/// </summary>
public sealed class CommitSensor(OvermindDatabase database) : IDisposable
{
    private SqliteConnection? _connection;
    private FileIdentity? _file;
    private long _version;

    /// <summary>True after a commit of any other connection, at the first call, after the file was replaced, and where that cannot be read.</summary>
    public bool HasChanged()
    {
        var file = FileIdentity.Of(database.Folder.Database);
        if (file != _file) Close();
        if (file is null) return true;
        try
        {
            (_connection, _file) = (_connection ?? database.OpenConnection(), file);
            var version = (long)_connection.Scalar("PRAGMA data_version")!;
            if (version == _version) return false;
            _version = version;
            return true;
        }
        catch (SqliteException)
        {
            Close(); // those who read it say what is wrong
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    private void Close()
    {
        _connection?.Dispose();
        (_connection, _file, _version) = (null, null, 0);
    }
}
