using System.Globalization;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Commands;

/// <summary>How the folder's last daemon ended, for the commands that find none.</summary>
internal static class LastEnd
{
    /// <summary>A sentence about it; null when it was asked to quit, when there was none, or when the database cannot be read now.</summary>
    public static string? Of(ProjectFolder folder)
    {
        var database = OvermindDatabase.In(folder);
        try
        {
            if (!database.IsReady()) return null;
            using var connection = database.OpenConnection();
            return connection.Query(
                "SELECT ended_at, * FROM daemons ORDER BY id DESC LIMIT 1",
                row => Sentence(row.Nullable<double?>(0), row.Newer<string>("end_reason"), row.Newer<int?>("exit_code"))) is [var sentence] ? sentence : null;
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            return null;
        }
    }

    private static string? Sentence(double? endedAt, string? reason, int? exitCode)
    {
        if (endedAt is not { } at) return "The last one was killed, or the machine went down under it";
        if (reason is null) return null;
        var time = UnixTime.FromSeconds(at).ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var code = exitCode is { } known ? $" (exit code {known})" : "";
        return $"The last one ended by itself at {time}: {VisibleText.Of(reason)}{code}";
    }
}
