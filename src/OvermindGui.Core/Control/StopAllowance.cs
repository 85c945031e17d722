using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Control;

/// <summary>How much longer than by default a command may take, because processes are given more time to end: by what the daemon says.</summary>
internal static class StopAllowance
{
    // Of a daemon whose processes have the default stop timeout.
    private static readonly TimeSpan Default = TimeSpan.FromSeconds(15);

    public static TimeSpan Of(OvermindDatabase database)
    {
        using var connection = database.OpenConnection();
        var limits = connection.Query(
            "SELECT * FROM daemons ORDER BY id DESC LIMIT 1", row => TimeSpan.FromSeconds(row.Newer<double?>("stop_limit") ?? Default.TotalSeconds));
        return limits is [var limit] && limit > Default ? limit - Default : TimeSpan.Zero;
    }
}
