using OvermindGui.Core.Output;
using OvermindGui.Core.Terminal;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Output;

/// <summary>What a reader that was away has to look at again.</summary>
public sealed class ChangedLinesTests : IDisposable
{
    private readonly TempProject _project = new TempProject().WithDatabase();

    [Fact]
    public void Where_nothing_changed_there_is_nothing_to_look_at_again()
    {
        _project.Append("web", "a", "b");
        Assert.Empty(ChangedUpTo(2));
    }

    [Fact]
    public void Lines_that_changed_are_those_up_to_the_readers_place_of_the_processes_asked_for()
    {
        _project.Append("web", "a", "b");
        _project.Append("api", "c", "d");
        foreach (var id in (long[])[1, 3, 4]) _project.Amend(id, $"changed {id}");
        Assert.Equal(["changed 1", "changed 3"], ChangedUpTo(3));
        Assert.Equal(["changed 3"], ChangedUpTo(3, ProcessFilter.Only("api")));
    }

    [Fact]
    public void When_the_log_of_changes_was_cut_all_lines_that_could_change_are_looked_at_again()
    {
        _project.Append("web", Enumerable.Range(1, 300).Select(n => $"{n}"));
        _project.Append("api", "a");
        _project.Amend(1, "too old to matter");
        _project.Amend(300, "newest");
        _project.Execute("DELETE FROM amendments WHERE id = 1");
        Assert.Equal(LineAssembler.LiveLines + 1, ChangedUpTo(301).Length);
    }

    public void Dispose() => _project.Dispose();

    private string[] ChangedUpTo(long id, ProcessFilter? filter = null) =>
        [.. new OutputHistory(_project.Client).MayHaveChanged(id, filter ?? ProcessFilter.Everything).Select(l => l.Content.Text)];
}
