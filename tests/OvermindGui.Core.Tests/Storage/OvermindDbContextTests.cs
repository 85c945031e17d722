using Microsoft.Data.Sqlite;
using OvermindGui.Core.Control;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Storage;

public sealed class OvermindDbContextTests : IDisposable
{
    private readonly TempProject _project = new TempProject().WithDatabase();

    [Fact]
    public void An_error_of_SQLite_comes_as_it_is()
    {
        _project.Append("web", "one");
        _project.Execute("CREATE TRIGGER full BEFORE UPDATE ON processes BEGIN SELECT RAISE(ABORT, 'no room'); END");

        var error = Assert.Throws<SqliteException>(() => new ProcessSelection(_project.Client).Toggle("web"));

        Assert.Contains("no room", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_is_selected_and_deselected_before_it_has_printed_anything()
    {
        _project.Append("web", "one");
        _project.WithProcess("api", Core.Contracts.ProcessState.Running);
        var selection = new ProcessSelection(_project.Client);

        Assert.False(selection.Toggle("api"));
        Assert.Equal(["api"], selection.Deselected());
        Assert.True(selection.Toggle("api"));
        Assert.Empty(selection.Deselected());
        selection.SetAll(false);
        Assert.Equal(["api", "web"], selection.Deselected().Order());
        selection.SetAll(true);
        Assert.Empty(selection.Deselected());
        Assert.Equal(1L, Assert.Single(_project.Query("SELECT line_count FROM processes WHERE name = 'web'", row => row.GetInt64(0))));
    }

    public void Dispose() => _project.Dispose();
}
