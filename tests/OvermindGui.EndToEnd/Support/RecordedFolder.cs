using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.EndToEnd.Support;

/// <summary>A folder with history and without a daemon: two of its lives, the second without the process <c>old</c>.</summary>
public sealed class RecordedFolder : IAsyncLifetime
{
    private readonly TestFolder _folder = new("old: echo from the past");

    public ProjectFolder Folder => _folder.Folder;

    public async ValueTask InitializeAsync()
    {
        await RunToEndAsync();
        await File.WriteAllLinesAsync(
            Folder.Procfile, ["web: printf '\\033[32mok\\033[0m %s\\n' 1 2 3", "worker: echo failed >&2; exit 3"]);
        await RunToEndAsync();
        using var connection = OvermindDatabase.In(Folder).OpenConnection();
        connection.Execute(
            null, "INSERT INTO lines(process_id, time, stream, text) SELECT id, 0, 0, $1 FROM processes WHERE name = 'old'",
            "\e[2Jfrom a script \u202E");
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task RunToEndAsync()
    {
        await using var daemon = await DetachedDaemon.StartAsync(Folder, "--no-pty"); // stderr apart
        await daemon.WaitForProcessesAsync();
    }
}
