using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Application;

/// <summary>A connection of an agent to the tools of the project.</summary>
/// <param name="Connection">The same for all calls that belong together.</param>
/// <param name="Name">The name that the client reports. It comes from outside: display it, but never trust it.</param>
/// <param name="Transport">stdio or http.</param>
/// <param name="Allowed">The tier of its own configuration.</param>
/// <param name="Process">The process that serves it; null over HTTP.</param>
public sealed record AgentConnection(string Connection, string Name, string Transport, AgentTier Allowed, string? Process);

/// <summary>A client in the log.</summary>
/// <param name="IsConnected">False when it has gone, or has not called for a while where that cannot be determined.</param>
/// <param name="Calls">Number of its logged calls.</param>
public sealed record LoggedClient(long Id, string Name, string Transport, string Allowed, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, bool IsConnected, long Calls);

/// <summary>A call in the log.</summary>
/// <param name="Outcome">ok, or the code of the error.</param>
public sealed record LoggedCall(long Id, DateTimeOffset Time, string Client, string Tool, string? Subject, string Outcome, int Bytes);

/// <summary>Clients and calls, newest first.</summary>
public sealed record AgentActivity(IReadOnlyList<LoggedClient> Clients, IReadOnlyList<LoggedCall> Calls)
{
    public static AgentActivity None { get; } = new([], []);
}

/// <summary>
/// Records which agents use the project and what they do, for the people who share it with them. Recording never keeps an agent from its
/// answer: without a database, or with one that cannot be written now, nothing is recorded.
/// </summary>
public sealed class AgentLog(OvermindDatabase database, TimeProvider time)
{
    private const int MostCalls = 1_000;
    private const int MostClients = 100;
    private const int LongestText = 200;

    // Over HTTP there is no connection; a client that has not called for so long counts as gone.
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);

    public void Connect(AgentConnection client) => Write(connection => Touch(connection, client));

    /// <param name="outcome">ok, or the code of the error.</param>
    public void Record(AgentConnection client, string tool, string? subject, string outcome, int bytes) => Write(connection =>
    {
        using var transaction = connection.BeginTransaction();
        Touch(connection, client, transaction);
        connection.Execute(
            transaction,
            """
            INSERT INTO agent_calls(client_id, time, tool, subject, outcome, bytes)
            SELECT id, $2, $3, $4, $5, $6 FROM agent_clients WHERE connection = $1
            """,
            client.Connection, time.Seconds(), tool, Cut(subject), outcome, bytes);
        connection.Execute(transaction, "DELETE FROM agent_calls WHERE id <= (SELECT max(id) FROM agent_calls) - $1", MostCalls);
        connection.Execute(
            transaction, "DELETE FROM agent_clients WHERE id NOT IN (SELECT id FROM agent_clients ORDER BY last_seen DESC LIMIT $1)", MostClients);
        transaction.Commit();
    });

    public void Disconnect(AgentConnection client) => Write(connection =>
        connection.Execute(null, "UPDATE agent_clients SET ended_at = $2 WHERE connection = $1", client.Connection, time.Seconds()));

    /// <param name="calls">Number of newest calls to return.</param>
    public AgentActivity Read(int calls)
    {
        if (!database.IsReady()) return AgentActivity.None;
        using var connection = database.OpenConnection();
        if (!HasTables(connection)) return AgentActivity.None;
        var now = time.GetUtcNow();
        return new AgentActivity(
            connection.Query(
                """
                SELECT c.id, c.name, c.transport, c.allowed, c.first_seen, c.last_seen, c.ended_at, c.process,
                  (SELECT count(*) FROM agent_calls a WHERE a.client_id = c.id)
                FROM agent_clients c ORDER BY c.last_seen DESC
                """,
                row => new LoggedClient(
                    row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), UnixTime.FromSeconds(row.GetDouble(4)),
                    UnixTime.FromSeconds(row.GetDouble(5)),
                    row.IsDBNull(6) && (ProcessIdentity.Lives(row.Nullable<string>(7)) ?? now - UnixTime.FromSeconds(row.GetDouble(5)) < Idle),
                    row.GetInt64(8))),
            connection.Query(
                """
                SELECT a.id, a.time, c.name, a.tool, a.subject, a.outcome, a.bytes
                FROM agent_calls a JOIN agent_clients c ON c.id = a.client_id ORDER BY a.id DESC LIMIT $1
                """,
                row => new LoggedCall(
                    row.GetInt64(0), UnixTime.FromSeconds(row.GetDouble(1)), row.GetString(2), row.GetString(3), row.Nullable<string>(4), row.GetString(5), row.GetInt32(6)),
                calls));
    }

    private void Touch(SqliteConnection connection, AgentConnection client, SqliteTransaction? transaction = null) => connection.Execute(
        transaction,
        """
        INSERT INTO agent_clients(connection, name, transport, allowed, process, first_seen, last_seen) VALUES ($1, $2, $3, $4, $5, $6, $6)
        ON CONFLICT(connection) DO UPDATE SET last_seen = $6, name = $2, allowed = $4, ended_at = NULL
        """,
        client.Connection, Cut(client.Name), client.Transport, client.Allowed.ToText(), client.Process, time.Seconds());

    private void Write(Action<SqliteConnection> write)
    {
        try
        {
            if (!database.IsReady()) return;
            using var connection = database.OpenConnection();
            if (HasTables(connection)) write(connection);
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            // full, locked or replaced: see the summary
        }
    }

    // A file of an older version has none until a daemon migrates it.
    private static bool HasTables(SqliteConnection connection) => connection.Scalar("SELECT 1 FROM sqlite_schema WHERE name = 'agent_calls'") is not null;

    private static string? Cut(string? text) => text is null ? null : PlainText.WithoutControls(text.Length > LongestText ? text[..LongestText] : text);
}
