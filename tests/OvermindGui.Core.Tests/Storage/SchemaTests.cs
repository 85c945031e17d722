using Microsoft.EntityFrameworkCore;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Storage;

public sealed class SchemaTests : IDisposable
{
    private readonly TempProject _project = new TempProject().WithDatabase();

    [Fact]
    public void A_new_database_has_the_tables_and_the_view_of_the_contract()
    {
        var names = _project.Query("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')", r => r.GetString(0));
        Assert.Superset(
            new HashSet<string> { "daemon_commands", "daemons", "failure_hits", "lines", "output_lines", "process_status", "processes", "resource_samples", "runs" },
            names.ToHashSet());
    }

    [Theory]
    [InlineData("daemon_commands", "id,command,process_name,timestamp,status,succeeded,outcome,argument,requested_by")]
    [InlineData("lines", "id,process_id,run_id,time,stream,text,style,level,continues,fingerprint")]
    [InlineData("output_lines", "id,process,html,text,time,stream,run_id")]
    [InlineData("process_status", "process_name,status,pid,updated_at,position,command,run_id,started_at,exit_code,restart_at,entry,instance,port,process_group,rule,reason,crashes,ready,listening,healthy,waiting_for_input,attached,next_run")]
    [InlineData("failure_hits", "id,process_id,run_id,line_id,pattern,text,time,action,outcome")]
    public void Columns_are_a_contract_with_scripts(string table, string columns) =>
        Assert.Equal(
            columns.Split(',').Order(), _project.Query("SELECT name FROM pragma_table_info($1)", r => r.GetString(0), table).Order());

    [Fact]
    public void All_migrations_are_known_without_the_model()
    {
        using var context = _project.Owner.CreateDbContext();
        Assert.Equal(context.Database.GetMigrations().Order(), SchemaHistory.Migrations.Order());
    }

    [Fact]
    public void A_new_database_is_what_the_migrations_make()
    {
        using var other = new TempProject();
        PrivateFile.CreateMissing(other.Folder.Database);
        using (var context = other.Owner.CreateDbContext()) context.Database.Migrate();
        Assert.Equal(Schema(_project), Schema(other));
        Assert.Equal(Applied(_project), Applied(other));
    }

    [Fact]
    public void The_script_for_new_files_is_generated_from_the_model()
    {
        using var context = _project.Owner.CreateDbContext();
        Assert.True(
            context.Database.GenerateCreateScript().ReplaceLineEndings("\n").TrimEnd() == NewSchema.Tables().TrimEnd(),
            "Schema.sql differs from the model: run ./run schema");
    }

    [Fact]
    public void The_model_has_no_change_without_a_migration()
    {
        using var context = _project.Owner.CreateDbContext();
        Assert.False(context.Database.HasPendingModelChanges());
    }

    [Fact]
    public void A_command_of_a_script_is_pending()
    {
        _project.Execute("INSERT INTO daemon_commands(command, process_name, timestamp) VALUES ('restart', 'web', 1763872181.5)");
        using var context = _project.Owner.CreateDbContext();
        var command = Assert.Single(context.Commands);
        Assert.Equal(
            ("restart", "web", 1763872181.5, DaemonCommand.Pending, null, null),
            (command.Command, command.ProcessName, command.Timestamp, command.Status, command.Succeeded, command.Outcome));
    }

    [Theory]
    [InlineData("lines", "INSERT INTO lines(process_id, time, stream, text) VALUES (1, 1, 2, 'x')")]
    [InlineData("daemon_commands", "INSERT INTO daemon_commands(command, timestamp) VALUES ('stop', 1)")]
    public void Ids_are_never_used_again(string table, string insert)
    {
        for (var i = 0; i < 3; i++) _project.Execute(insert);
        _project.Execute($"DELETE FROM {table}");
        _project.Execute(insert);
        Assert.Equal([4L], _project.Query($"SELECT id FROM {table}", r => r.GetInt64(0)));
    }

    // Without white space, and the columns sorted: one that was added later stands at the end.
    private static List<(string Name, string Sql)> Schema(TempProject project) => project.Query(
        "SELECT name, sql FROM sqlite_schema WHERE name <> '__EFMigrationsLock' AND sql IS NOT NULL ORDER BY name",
        r => (r.GetString(0), string.Join(",\"", string.Concat(r.GetString(1).Where(c => !char.IsWhiteSpace(c))).TrimEnd(')').Split(",\"").Order())));

    private static List<(string Id, string Version)> Applied(TempProject project) => project.Query(
        "SELECT MigrationId, ProductVersion FROM __EFMigrationsHistory ORDER BY MigrationId", r => (r.GetString(0), r.GetString(1)));

    public void Dispose() => _project.Dispose();
}
