using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Control;

/// <summary>
/// The additional time that a command may take when processes have longer stop timeouts than the default, as recorded by the daemon.
/// </summary>
internal static class StopAllowance
{
    // The limit of a daemon whose processes have the default stop timeout.
    private static readonly TimeSpan Default = TimeSpan.FromSeconds(15);

    public static TimeSpan Of(OvermindDatabase database)
    {
        using var connection = database.OpenConnection();
        var limits = connection.Query(
            "SELECT * FROM daemons ORDER BY id DESC LIMIT 1", row => TimeSpan.FromSeconds(row.Newer<double?>("stop_limit") ?? Default.TotalSeconds));
        return limits is [var limit] && limit > Default ? limit - Default : TimeSpan.Zero;
    }
}
