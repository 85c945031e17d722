using OvermindGui.Commands;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.Hosting;
using OvermindGui.Output;

namespace OvermindGui.Connections;

/// <summary>
/// An interactive connection to a process: prints its output like <c>logs -f</c> and sends each typed line to its terminal or standard
/// input. This suits prompts and debuggers; run full-screen programs directly.
/// </summary>
internal sealed class ProcessConnection
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    // Number of earlier lines to print first, such as the prompt of a waiting debugger.
    private const int LinesBefore = 20;

    private readonly ProjectFolder _folder;
    private readonly CommandClient _client;
    private readonly string _process;

    /// <exception cref="CommandFailure">The names do not select exactly one process.</exception>
    public ProcessConnection(ProjectFolder folder, string? name)
    {
        var database = OvermindDatabase.In(folder);
        (_folder, _client) = (folder, new CommandClient(database, TimeProvider.System));
        var known = new SystemReader(database).Read().Processes.Select(p => p.Name).ToList();
        var (meant, _) = NamePattern.Select(name is null ? [] : [name], known);
        _process = meant is [var one] ? one : throw new CommandFailure(
            $"Error: {(name is null ? "connect requires a process name" : meant.Count == 0 ? $"Unknown process: {name}" : $"{name} means several processes")}"
            + $" (known: {string.Join(", ", known)})\nUsage: {InvocationContext.Name} connect <process_name>");
    }

    public async Task<int> RunAsync()
    {
        using var end = new CancellationTokenSource();
        await Console.Error.WriteLineAsync($"Connected to {_process}: what you type goes to it line by line. Ctrl+D or Ctrl+C leaves it running.");
        var typing = Task.Run(() => TypeAsync(end));
        var exitCode = await new LogSession(_folder, Output()).RunAsync(end.Token);
        // Reading standard input cannot be cancelled; it ends with this process.
        return typing.IsCompleted && !await typing ? 1 : exitCode;
    }

    /// <summary>Runs until the input ends; returns false when the process accepts no more input.</summary>
    private async Task<bool> TypeAsync(CancellationTokenSource end)
    {
        try
        {
            while (await Console.In.ReadLineAsync(CancellationToken.None) is { } line)
            {
                var outcome = await _client.TypeAsync(_process, line + "\n", Timeout, CancellationToken.None);
                if (outcome.Succeeded) continue;
                await Console.Error.WriteLineAsync($"Error: {outcome.Message}");
                return false;
            }

            return true;
        }
        finally
        {
            await end.CancelAsync();
        }
    }

    private LogRequest Output() => new()
    {
        Names = [_process],
        Count = LinesBefore,
        Filter = new LineFilter(ProcessFilter.Only(_process)),
        Follow = true,
        Json = false,
        Color = ColorChoice.Of(color: false, noColor: false),
        Timestamps = InvocationContext.ShowTimestamps,
    };
}
