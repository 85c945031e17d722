using OvermindGui.Core.Posix;
using OvermindGui.Core.Storage;

namespace OvermindGui.Testing;

/// <summary>A database without output, for tests that write one themselves.</summary>
public static class NewDatabase
{
    /// <summary>Creates the file as a daemon does in a new folder, and the row of that daemon.</summary>
    public static void Create(OvermindDatabase database, int pid, double startedAt, string? problems = null, string? warning = null)
    {
        PrivateFile.CreateMissing(database.Folder.Database);
        using var connection = database.OpenConnection();
        NewSchema.Create(connection);
        connection.Execute(
            null, "INSERT INTO daemons(pid, mode, version, working_directory, started_at, procfile_problems, warning) VALUES ($1, 'native', '1.0.0', $2, $3, $4, $5)",
            pid, database.Folder.Root, startedAt, problems, warning);
        connection.Execute(null, "PRAGMA wal_checkpoint(TRUNCATE)"); // into the file itself, which tests damage or copy
    }
}
