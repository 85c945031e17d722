using System.Diagnostics;

namespace OvermindGui.EndToEnd.Support;

/// <summary>The product started by its command line; it is killed with the test, if it still runs.</summary>
internal sealed class Started : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Started(string file, params string[] arguments)
    {
        _process = new Process { StartInfo = Cli.StartInfo(file, Path.GetTempPath(), arguments) };
        _process.OutputDataReceived += (_, e) => Hear(e.Data);
        _process.ErrorDataReceived += (_, e) => Hear(e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Pid => _process.Id;

    /// <summary>Where its dashboard is, once it says so.</summary>
    public Task<Uri> Address => _address.Task.WaitAsync(TestContext.Current.CancellationToken);

    /// <summary>Programs of ours that were started for a folder, by /proc.</summary>
    public static IEnumerable<int> PidsNaming(string folder) =>
        from process in Directory.GetDirectories("/proc")
        let pid = int.TryParse(Path.GetFileName(process), out var number) ? number : 0
        where pid > 0 && CommandOf(process) is var command && command.StartsWith(Published.Executable, StringComparison.Ordinal)
            && command.Contains(folder, StringComparison.Ordinal)
        select pid;

    /// <summary>SIGKILL, and the end that follows.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string CommandOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (IOException)
        {
            return ""; // it ended while we looked
        }
    }

    private void Hear(string? line)
    {
        if (line is not null && Server.AddressIn(line) is { } address) _address.TrySetResult(address);
    }
}
