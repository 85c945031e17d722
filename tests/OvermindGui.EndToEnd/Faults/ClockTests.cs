using OvermindGui.Core.Storage;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd.Faults;

/// <summary>The clock is an hour behind what it was when the daemon started.</summary>
public class ClockTests
{
    [Fact(Timeout = 120_000)]
    public async Task A_dashboard_ends_with_the_daemon_that_was_asked_to_quit()
    {
        using var folder = new TestFolder("web: exec sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        // A test does not set the machine's clock; the daemon's start is as far in the future then.
        using (var connection = OvermindDatabase.In(folder.Folder).OpenConnection())
            connection.Execute(null, "UPDATE daemons SET started_at = started_at + 3600");

        Assert.Equal(0, (await Cli.RunAsync(folder.Folder.Root, "quit")).ExitCode);
        await server.WaitForExitAsync();
        Assert.Equal(0, server.ExitCode);
    }
}
