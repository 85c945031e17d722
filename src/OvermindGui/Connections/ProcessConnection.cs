using Microsoft.Win32.SafeHandles;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Project;
using OvermindGui.Invocation;
using OvermindGui.Output;

namespace OvermindGui.Connections;

/// <summary>
/// A connection without a terminal, for scripts and for processes that run over pipes: it prints the process's output like <c>logs -f</c>
/// and passes on the bytes of standard input unchanged.
/// </summary>
internal sealed class ProcessConnection(ProjectFolder folder, string process, bool readOnly)
{
    // Number of earlier lines to print first, such as the prompt of a waiting debugger.
    private const int LinesBefore = 20;

    public async Task<int> RunAsync()
    {
        using var end = new CancellationTokenSource();
        await Console.Error.WriteLineAsync(
            readOnly ? $"Connected to {process}, read-only. Ctrl+C leaves it running."
            : $"Connected to {process}: what you type goes to it line by line. Ctrl+D or Ctrl+C leaves it running.");
        var typing = readOnly ? Task.FromResult<string?>(null) : Task.Run(() => TypeAsync(end));
        var exitCode = await new LogSession(folder, Output()).RunAsync(end.Token);
        // Reading standard input cannot be cancelled; it ends with this process.
        if (!typing.IsCompleted || await typing is not { } problem) return exitCode;
        await Console.Error.WriteLineAsync($"Error: {problem}");
        return 1;
    }

    /// <summary>Runs until the input ends, or the process does; returns what went wrong.</summary>
    private async Task<string?> TypeAsync(CancellationTokenSource end)
    {
        try
        {
            await using var attachment = await TerminalAttachment.TryOpenAsync(
                folder, new AttachRequest(process, Initiator.ThisUser, Window: null, InputOnly: true), CancellationToken.None);
            if (attachment is null) return $"The daemon cannot be reached by its socket {folder.Socket}";
            Task? reading = null;
            await foreach (var message in attachment.ReceiveAsync(CancellationToken.None))
            {
                if (message is TerminalMessage.Accepted) reading = Task.Run(() => ReadAsync(attachment), CancellationToken.None);
                if (message is TerminalMessage.Ended { Succeeded: false } failed) return failed.Message;
            }

            if (reading is { IsCompleted: true }) await reading;
            return null;
        }
        catch (Exception e) when (e is IOException or ControlProtocolException)
        {
            return e.Message;
        }
        finally
        {
            await end.CancelAsync();
        }
    }

    private static async Task ReadAsync(TerminalAttachment attachment)
    {
        await using var input = new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
        var buffer = new byte[4096];
        while (await input.ReadAsync(buffer) is > 0 and var read)
            if (!await attachment.TypeAsync(buffer.AsMemory(0, read), CancellationToken.None)) return;
        await attachment.DetachAsync(CancellationToken.None);
    }

    private LogRequest Output() => new()
    {
        Names = [process],
        Count = LinesBefore,
        Filter = new LineFilter(ProcessFilter.Only(process)),
        Follow = true,
        Json = false,
        Color = ColorChoice.Of(color: false, noColor: false),
        Timestamps = InvocationContext.ShowTimestamps,
    };
}
