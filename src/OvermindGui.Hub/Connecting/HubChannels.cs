using System.Globalization;
using Npgsql;

namespace OvermindGui.Hub.Connecting;

/// <summary>Names of the channels of LISTEN and NOTIFY. They only say that it is time to look: everything that counts is in the tables.</summary>
public static class HubChannels
{
    /// <summary>Something of a project has changed; the payload is its number. At most ten times a second from each daemon.</summary>
    public const string Changes = "overmind_changes";

    /// <summary>Says that something of a project has changed, outside of a transaction.</summary>
    public static async Task NotifyChangeAsync(NpgsqlConnection connection, int project, CancellationToken cancellationToken)
    {
        await using var notify = new NpgsqlCommand("SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, $2)", connection)
        {
            Parameters = { new() { Value = Changes }, new() { Value = project.ToString(CultureInfo.InvariantCulture) } },
        };
        await notify.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>There is a command for the daemon of a project.</summary>
    public static string CommandsTo(int project) => string.Create(CultureInfo.InvariantCulture, $"overmind_commands_{project}");
}
