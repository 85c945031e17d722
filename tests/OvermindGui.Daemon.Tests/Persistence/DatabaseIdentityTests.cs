using OvermindGui.Core.Application;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Persistence;

/// <summary>Which database a cursor or a link is about.</summary>
public sealed class DatabaseIdentityTests
{
    private const int Timeout = 60_000;

    [Fact(Timeout = Timeout)]
    public async Task A_database_keeps_its_name_from_daemon_to_daemon_and_where_its_folder_is_moved()
    {
        using var folder = new TestFolder("p: echo once; sleep 1000");
        var first = await NameAfterStartAsync(folder.Folder);
        Assert.Matches("^[0-9a-z]{5}$", first);
        Assert.Equal(first, await NameAfterStartAsync(folder.Folder));

        var moved = new ProjectFolder(folder.Folder.Root + "-moved");
        Directory.Move(folder.Folder.Root, moved.Root);
        try
        {
            Assert.Equal(first, await NameAfterStartAsync(moved));
        }
        finally
        {
            Directory.Move(moved.Root, folder.Folder.Root);
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task A_folder_that_is_moved_while_lines_come_is_no_damage()
    {
        using var folder = new TestFolder("p: i=0; while :; do i=$((i+1)); echo line $i; sleep 0.02; done");
        var (place, moved) = (folder.Folder.Root, folder.Folder.Root + "-moved");
        await using (var daemon = await TestDaemon.StartAsync(folder.Folder))
        {
            await daemon.WaitForLineAsync("p", "line 20");
            Directory.Move(place, moved);
            while (daemon.Folder.Root != moved) await Task.Delay(20, TestContext.Current.CancellationToken);
            using var connection = OvermindDatabase.In(new ProjectFolder(moved)).OpenConnection();
            var stored = Count("p.name = 'p'");
            while (Count("p.name = 'p'") < stored + 50) await Task.Delay(20, TestContext.Current.CancellationToken);
            Assert.Equal(0, Count("p.name = 'system' AND l.level >= 3"));
            Assert.Empty(Directory.EnumerateFiles(moved, "*corrupt*"));

            long Count(string which) => (long)connection.Scalar($"SELECT count(*) FROM lines l JOIN processes p ON p.id = l.process_id WHERE {which}")!;
        }

        Directory.Move(moved, place);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_copied_folder_gets_a_name_of_its_own_at_its_next_daemons_start_and_the_first_keeps_its_own()
    {
        using var folder = new TestFolder("p: echo once; sleep 1000");
        var first = await NameAfterStartAsync(folder.Folder);
        using var copy = new TestFolder();
        foreach (var file in Directory.GetFiles(folder.Folder.Root)) File.Copy(file, Path.Combine(copy.Folder.Root, Path.GetFileName(file)));

        var other = await NameAfterStartAsync(copy.Folder);

        Assert.NotEqual(first, other);
        Assert.Equal(first, await NameAfterStartAsync(folder.Folder));
        Assert.Equal(other, await NameAfterStartAsync(copy.Folder));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_database_that_was_deleted_and_written_again_keeps_its_name()
    {
        using var folder = new TestFolder("p: i=0; while :; do i=$((i+1)); echo line $i; sleep 0.1; done");
        string first;
        await using (var daemon = await TestDaemon.StartAsync(folder.Folder))
        {
            await daemon.WaitForLineAsync("p", "line 2");
            first = NameOf(daemon.Database);
            File.Delete(daemon.Folder.Database); // alone: a log that is deleted a moment later may be that of the new file
            await daemon.WaitForWordsAsync("it was written again");
            Assert.Equal(first, NameOf(daemon.Database));
        }

        Assert.Equal(first, await NameAfterStartAsync(folder.Folder));
    }

    private static async Task<string> NameAfterStartAsync(ProjectFolder folder)
    {
        await using var daemon = await TestDaemon.StartAsync(folder);
        return NameOf(daemon.Database);
    }

    private static string NameOf(OvermindDatabase database)
    {
        Assert.True(database.IsReady());
        return LineCursor.Newest(database)!.Database;
    }
}
