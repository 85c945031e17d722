using Microsoft.Data.Sqlite;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Storage;

public sealed class OvermindDatabaseTests : IDisposable
{
    private readonly TempProject _project = new();

    [Fact]
    public void A_client_never_creates_the_file()
    {
        Assert.False(_project.Client.IsReady());
        Assert.Throws<SqliteException>(() => _project.Client.OpenConnection().Dispose());
        Assert.False(File.Exists(_project.Folder.Database));
    }

    [Fact]
    public void A_file_without_schema_is_not_ready()
    {
        File.WriteAllText(_project.Folder.Database, "");
        Assert.False(_project.Client.IsReady());
    }

    [Fact]
    public void A_file_that_is_no_database_is_not_ready()
    {
        File.WriteAllText(_project.Folder.Database, new string('x', 5_000));
        Assert.False(_project.Client.IsReady());
    }

    [Fact]
    public void A_database_becomes_ready_with_the_row_of_its_daemon()
    {
        Assert.False(_project.Client.IsReady());
        _project.WithDatabase();
        Assert.True(_project.Client.IsReady());
    }

    [Fact]
    public void A_database_that_was_taken_away_is_not_ready()
    {
        _project.WithDatabase();
        Assert.True(_project.Client.IsReady());
        File.Delete(_project.Folder.Database);
        Assert.False(_project.Client.IsReady());
    }

    public void Dispose() => _project.Dispose();
}
