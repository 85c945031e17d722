using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;
using OvermindGui.Core.Terminal;
using OvermindGui.Invocation;

namespace OvermindGui.Connections;

/// <summary>
/// This terminal becomes that of a process: it shows the screen as it is, then what the process prints, and every key goes to the process.
/// Whatever ends it, this terminal is as before.
/// </summary>
internal sealed class TerminalSession(ProjectFolder folder, string process, DetachKeys detachKeys, string detachKeyNames, bool readOnly) : IDisposable
{
    private const byte Interrupt = 3; // Ctrl+C
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _over = new();
    private readonly TaskCompletionSource<string?> _leave = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stream _output = Console.OpenStandardOutput();
    private RawTerminal? _raw;

    /// <returns>The exit code; null when the process runs without a terminal.</returns>
    public async Task<int?> RunAsync()
    {
        await using var attachment = await TerminalAttachment.TryOpenAsync(
            folder, new AttachRequest(process, Initiator.ThisUser, Window, readOnly), CancellationToken.None)
            ?? throw new CommandFailure($"Error: The daemon cannot be reached by its socket {folder.Socket}");
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Leave);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Leave);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Leave);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Leave);
        using var resize = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGWINCH, signal =>
        {
            if (_raw is not null && Window is { } window) _ = attachment.ResizeAsync(window, _over.Token);
        });
        TerminalMessage.Ended? end = null;
        string? left = null;
        var showing = ShowAsync(attachment);
        try
        {
            if (await Task.WhenAny(showing, _leave.Task) == showing) end = await showing;
            else left = await _leave.Task;
        }
        finally
        {
            await _over.CancelAsync();
            await Task.WhenAny(showing, Task.Delay(LongestWrite)); // nothing more is shown, unless this terminal takes nothing
            if (_raw is not null) await RestoreAsync();
        }

        if (end is { NoTerminal: true } && _raw is null) return null;
        if (end is { Succeeded: false }) throw new CommandFailure($"Error: {end.Message}");
        await Console.Error.WriteLineAsync(end?.Message ?? left ?? $"Detached from {process}; it goes on");
        return 0;
    }

    public void Dispose() => _over.Dispose();

    private static TerminalSize? Window => RawTerminal.Window is var (columns, rows)
        ? new TerminalSize(Math.Min(columns, TerminalSize.Largest), Math.Min(rows, TerminalSize.Largest))
        : null;

    private void Leave(PosixSignalContext context)
    {
        context.Cancel = true;
        _leave.TrySetResult(null);
    }

    private async Task<TerminalMessage.Ended> ShowAsync(TerminalAttachment attachment)
    {
        try
        {
            await foreach (var message in attachment.ReceiveAsync(_over.Token))
            {
                if (message is TerminalMessage.Ended end) return end;
                if (message is TerminalMessage.Accepted) await BeginAsync(attachment);
                else if (message is TerminalMessage.Output output) await _output.WriteAsync(output.Data, _over.Token);
            }
        }
        catch (ControlProtocolException e)
        {
            return new TerminalMessage.Ended(false, e.Message);
        }

        return new TerminalMessage.Ended(false, "The daemon ended");
    }

    private async Task BeginAsync(TerminalAttachment attachment)
    {
        var how = detachKeyNames.Length == 0 ? "only a signal detaches" : $"{detachKeyNames} detaches";
        await Console.Error.WriteLineAsync(readOnly ? $"Attached to {process}, read-only: {how}, as does Ctrl+C" : $"Attached to {process}: {how}");
        _raw = RawTerminal.Enter();
        // What is on the screen stays readable above.
        await _output.WriteAsync(Encoding.ASCII.GetBytes(new string('\n', Window?.Rows ?? 0)), _over.Token);
        new Thread(() => Read(attachment)) { IsBackground = true, Name = "reads the keyboard" }.Start();
    }

    // Reading a terminal cannot be cancelled; the thread ends with this program.
    private void Read(TerminalAttachment attachment)
    {
        try
        {
            using var keyboard = new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
            var buffer = new byte[4096];
            while (keyboard.Read(buffer) is > 0 and var read)
            {
                var (typed, detach) = detachKeys.Take(buffer.AsSpan(0, read));
                if (readOnly) detach |= typed.Contains(Interrupt);
                else if (typed.Length > 0 && !attachment.TypeAsync(typed, _over.Token).GetAwaiter().GetResult()) break;
                if (detach) break;
            }

            _leave.TrySetResult(null);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // it has ended for another reason
        }
        catch (Exception e) when (e is IOException or ControlProtocolException)
        {
            _leave.TrySetResult($"Detached from {process}: {e.Message}");
        }
    }

    private async Task RestoreAsync()
    {
        try
        {
            // Below everything that is shown. A terminal that takes nothing is left as it is.
            await _output.WriteAsync(Encoding.ASCII.GetBytes(ScreenPainter.Leave + "\e[999;1H\r\n")).AsTask().WaitAsync(LongestWrite);
        }
        catch (Exception e) when (e is IOException or TimeoutException)
        {
            // it is gone
        }

        _raw!.Dispose();
    }
}
