using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace OvermindGui.Hub.Connecting;

/// <summary>What went wrong with the hub, in words for people.</summary>
public static class HubErrors
{
    /// <summary>Whether an exception is the hub's or the network's, and not a fault of this program.</summary>
    public static bool IsOfHub(Exception e) =>
        e is HubException or NpgsqlException or TimeoutException or IOException or SocketException
        || (e is DbUpdateException or InvalidOperationException && e.InnerException is { } inner && IsOfHub(inner));

    /// <summary>Whether someone has to act before another attempt can succeed.</summary>
    public static bool NeedsSomeone(Exception e) => e is HubException || Postgres(e)?.SqlState is
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification or PostgresErrorCodes.InvalidCatalogName
        or PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName;

    /// <summary>One sentence, without what was in a row or a connection string.</summary>
    public static string Describe(Exception e, HubAddress address) => Postgres(e) switch
    {
        { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } denied =>
            $"The hub {address} refuses the login ({denied.MessageText}); check user and password",
        { SqlState: PostgresErrorCodes.InvalidCatalogName } => $"The hub {address} has no such database; create it, then run `overmind-gui hub init`",
        { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => $"The hub {address} is read-only, as a standby server is; it is tried again",
        { SqlState: PostgresErrorCodes.InsufficientPrivilege } denied =>
            $"The hub {address} does not allow this user to do it ({denied.MessageText}); grant the role that `overmind-gui hub roles` creates",
        { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName } =>
            $"The database {address} has no hub's tables; run `overmind-gui hub init`",
        { SqlState: PostgresErrorCodes.DiskFull } => $"The disk of the hub {address} is full",
        { SqlState: PostgresErrorCodes.TooManyConnections } => $"The hub {address} has too many connections",
        { SqlState: PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable } => $"The hub {address} is too slow: a statement took longer than it may",
        { } other => $"The hub {address} reports: {other.MessageText}",
        null when e is HubException => e.Message,
        null when Innermost(e) is TimeoutException => $"The hub {address} does not answer in time",
        null => $"The hub {address} cannot be reached ({Innermost(e).Message})",
    };

    private static PostgresException? Postgres(Exception? e) => e is null ? null : e as PostgresException ?? Postgres(e.InnerException);

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}
