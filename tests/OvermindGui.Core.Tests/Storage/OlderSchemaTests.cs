using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Storage;

/// <summary>A newer dashboard over the file of an older daemon that still runs: the log and the controls work, the rest says what helps.</summary>
public sealed class OlderSchemaTests : IDisposable
{
    private readonly TempProject _project = new();

    public static TheoryData<string> Migrations => [.. SchemaHistory.Migrations.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Migrations))]
    public void The_log_and_the_states_can_be_read_after_any_migration(string migration)
    {
        CreateAt(migration);
        using var held = DaemonLock.TryAcquire(_project.Folder);

        var history = new OutputHistory(_project.Client);
        Assert.Equal("first", Assert.Single(history.Before(long.MaxValue, ProcessFilter.Everything, 10)).Content.Text);
        Assert.Equal(1, Assert.Single(history.Extents()).LineCount);
        Assert.Single(history.After(0, 10).Lines);
        Assert.InRange(new RunHistory(_project.Client, TimeProvider.System).Newest("web", 10).Count, 0, 1); // pins came later
        Assert.Empty(new ProcessSelection(_project.Client).Deselected());
        var state = new SystemReader(_project.Client).Read();
        Assert.Equal(ProcessState.Running, Assert.Single(state.Processes).State);
        var isNewest = migration == SchemaHistory.Migrations.Max(StringComparer.Ordinal);
        Assert.Equal(isNewest ? null : OvermindDatabase.AfterRestart, state.Warning);

        Assert.NotNull(new OutputClearing(_project.Client, TimeProvider.System).Clear("web").UndoUntil);
        Assert.Empty(new OutputHistory(_project.Client).Before(long.MaxValue, ProcessFilter.Everything, 10));
    }

    public void Dispose() => _project.Dispose();

    private void CreateAt(string migration)
    {
        PrivateFile.CreateMissing(_project.Folder.Database);
        using var context = _project.Owner.CreateDbContext();
        context.GetService<IMigrator>().Migrate(migration);
        context.Database.ExecuteSqlRaw(
            """
            INSERT INTO daemons(pid, mode, version, working_directory, started_at) VALUES (1, 'native', '0', '/', 1);
            INSERT INTO processes(id, name, line_count) VALUES (1, 'web', 1);
            INSERT INTO process_status(process_name, status, updated_at, position, command, pid, run_id) VALUES ('web', 'running', 1, 0, 'x', 7, 1);
            INSERT INTO runs(id, process_id, daemon_id, pid, started_at, cause, restart_number) VALUES (1, 1, 1, 7, 1, 'daemon start', 0);
            INSERT INTO lines(process_id, run_id, time, stream, text) VALUES (1, 1, 1000, 0, 'first');
            """);
    }
}
