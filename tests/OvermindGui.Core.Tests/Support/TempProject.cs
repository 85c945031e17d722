using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Core.Tests.Support;

/// <summary>A project folder of its own, with a real database once <see cref="WithDatabase"/> was called.</summary>
public sealed class TempProject : IDisposable
{
    private readonly Dictionary<string, int> _processIds = [];

    public TempProject()
    {
        Folder = new ProjectFolder(Directory.CreateTempSubdirectory("overmind-gui-core-tests-").FullName);
        Owner = OvermindDatabase.In(Folder);
        Client = OvermindDatabase.In(Folder);
    }

    public ProjectFolder Folder { get; }

    public OvermindDatabase Owner { get; }

    public OvermindDatabase Client { get; }

    public TempProject WithProcfile(string text)
    {
        File.WriteAllText(Folder.Procfile, text);
        return this;
    }

    /// <summary>Creates the file with its schema and the row of a daemon.</summary>
    public TempProject WithDatabase(string? problems = null, string? warning = null)
    {
        NewDatabase.Create(Owner, 4711, 1_000, problems, warning);
        return this;
    }

    public TempProject WithProcess(string name, ProcessState state, int? exitCode = null)
    {
        using var context = Owner.CreateDbContext();
        context.Statuses.Add(new ProcessStatus
        {
            ProcessName = name,
            Status = state.ToText(),
            Pid = state.IsUp() ? 4712 : null,
            UpdatedAt = 1_000,
            Position = context.Statuses.Count(),
            Command = $"run {name}",
            StartedAt = 1_000.5,
            ExitCode = exitCode,
        });
        context.SaveChanges();
        return this;
    }

    public void Append(string process, params IEnumerable<string> texts) => Append(process, texts.Select(StyledLine.Plain));

    public void Append(string process, IEnumerable<StyledLine> lines)
    {
        using var connection = Owner.OpenConnection();
        using var transaction = connection.BeginTransaction();
        foreach (var line in lines)
            connection.Execute(
                transaction, "INSERT INTO lines(process_id, time, stream, text, style) VALUES ($1, $2, $3, $4, $5)",
                ProcessId(connection, transaction, process), 1_500, (int)LineSource.Terminal, line.Text, StyleRunCodec.Encode(line));
        connection.Execute(transaction, "UPDATE processes SET line_count = line_count + $2 WHERE name = $1", process, lines.Count());
        transaction.Commit();
    }

    /// <summary>Changes a stored line, as the daemon does with one that a program goes back to.</summary>
    public void Amend(long id, string text)
    {
        Execute("UPDATE lines SET text = $2 WHERE id = $1", id, text);
        Execute("INSERT INTO amendments(line_id) VALUES ($1)", id);
    }

    public void Execute(string sql, params object?[] parameters)
    {
        using var connection = Owner.OpenConnection();
        connection.Execute(null, sql, parameters);
    }

    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> row, params object?[] parameters)
    {
        using var connection = Owner.OpenConnection();
        return connection.Query(sql, row, parameters);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder.Root, recursive: true);
    }

    private int ProcessId(SqliteConnection connection, SqliteTransaction transaction, string name)
    {
        if (_processIds.TryGetValue(name, out var id)) return id;
        connection.Execute(transaction, "INSERT INTO processes(name, line_count) VALUES ($1, 0)", name);
        using var command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, "SELECT last_insert_rowid()");
        return _processIds[name] = (int)(long)command.ExecuteScalar()!;
    }
}
