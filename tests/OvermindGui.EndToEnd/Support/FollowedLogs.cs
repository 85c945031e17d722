using System.Diagnostics;
using System.Threading.Channels;
using OvermindGui.Core.Project;

namespace OvermindGui.EndToEnd.Support;

/// <summary>A running <c>logs -f</c>.</summary>
internal sealed class FollowedLogs : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Channel<string> _errors = Channel.CreateUnbounded<string>();

    public FollowedLogs(ProjectFolder folder, params string[] options)
        : this(folder, ["logs", "-f"], options)
    {
    }

    public FollowedLogs(ProjectFolder folder, string[] command, string[] options)
    {
        _process = new Process { StartInfo = Cli.StartInfo(Published.Executable, folder.Root, [.. command, .. options]) };
        _process.OutputDataReceived += (_, e) => Hear(_lines, e.Data);
        _process.ErrorDataReceived += (_, e) => Hear(_errors, e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The next line on standard output.</summary>
    public async Task<string> NextAsync() => await _lines.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>The next line on standard error.</summary>
    public async Task<string> NextErrorAsync() => await _errors.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>All lines up to the first that ends so, that one included.</summary>
    public async Task<List<string>> UntilAsync(string end)
    {
        var lines = new List<string>();
        do lines.Add(await NextAsync());
        while (!lines[^1].EndsWith(end, StringComparison.Ordinal));
        return lines;
    }

    /// <summary>Sends a signal; returns the exit code and what was still printed.</summary>
    public async Task<(int ExitCode, List<string> Last)> EndAsync(int signal)
    {
        _ = Server.SendSignal(_process.Id, signal);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (_process.ExitCode, await _lines.Reader.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static void Hear(Channel<string> lines, string? line)
    {
        if (line is null) lines.Writer.TryComplete();
        else lines.Writer.TryWrite(line);
    }
}
