using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OvermindGui.OvermindStandIn;

/// <summary>One process. What happens when is what overmind does, including what no one would expect of it.</summary>
internal sealed partial class StandInProcess(string name, string command, int color, MultiOutput output, string tmuxServer)
{
    private const int Interrupt = 2;
    private const int KillSignal = 9;
    private static readonly Lock ServerFile = new();
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private volatile bool _canDie = true;
    private volatile bool _restart;
    private volatile bool _interrupted;
    private volatile bool _keptAlive;
    private volatile int _pid;
    private TaskCompletionSource _spoke = new();

    public string Name => name;

    /// <summary>Stays as it was when the process has died.</summary>
    public int Pid => _pid;

    public bool IsDead { get; private set; }

    public int ExitCode { get; private set; }

    private bool IsRunning => _pid > 0 && Signal(_pid, 0) == 0;

    /// <summary>Until it has died for good.</summary>
    public async Task LiveAsync()
    {
        await LaunchAsync("Started");
        while (true)
        {
            await Task.Delay(Tick);
            if (!_keptAlive || _canDie) continue;
            if (!_restart) return;
            IsDead = _keptAlive = _restart = _interrupted = false;
            _canDie = true;
            _pid = 0;
            output.Say(name, color, "Restarting...");
            await LaunchAsync("Restarted");
        }
    }

    public void Stop(bool keepAlive)
    {
        _canDie = keepAlive;
        if (_interrupted)
        {
            Kill(keepAlive);
            return;
        }

        if (IsRunning)
        {
            output.Say(name, color, "Interrupting...");
            _ = Signal(-_pid, Interrupt);
        }

        _interrupted = true;
    }

    public void Restart()
    {
        _restart = true;
        Stop(keepAlive: false);
    }

    public void Kill(bool keepAlive = false)
    {
        _canDie = keepAlive;
        if (!IsRunning) return;
        output.Say(name, color, "Killing...");
        _ = Signal(-_pid, KillSignal);
    }

    private async Task LaunchAsync(string word)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("setsid", ["sh", "-c", $"exec 2>&1\nexport PS={name}\n{command}"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            },
        };
        process.Start();
        while (GroupOf(process.Id) is var group && group != process.Id && group >= 0) await Task.Delay(1);
        // Two who append at once both begin where the file ended before.
        lock (ServerFile) File.AppendAllLines(tmuxServer, [$"{process.Id}"]);
        _pid = process.Id;
        _spoke = new TaskCompletionSource();
        // Overmind learns the PID from tmux, and what the process prints meanwhile comes first.
        if (Options.Wants("late"))
        {
            _ = ObserveAsync(process);
            await _spoke.Task;
        }

        output.Say(name, color, $"{word} with pid {_pid}...");
        if (!Options.Wants("late")) _ = ObserveAsync(process);
    }

    private async Task ObserveAsync(Process process)
    {
        var reading = ReadAsync(process.StandardOutput.BaseStream);
        using (process)
        {
            // The exit alone: a grandchild may hold the pipe.
            while (!process.HasExited) await Task.Delay(Tick);
            await Task.WhenAny(reading, Task.Delay(200));
            ExitCode = process.ExitCode > 128 ? 0 : process.ExitCode; // tmux has no code for a death by a signal
            output.Say(name, color, $"Exited with code {ExitCode}");
            IsDead = _keptAlive = true;
        }
    }

    private async Task ReadAsync(Stream pipe)
    {
        var buffer = new byte[64 * 1024];
        var line = new MemoryStream();
        while (await pipe.ReadAsync(buffer) is > 0 and var count)
            foreach (var one in buffer.AsSpan(0, count))
                if (one == '\n') EndLine(line);
                else line.WriteByte(one);
        if (line.Length > 0) EndLine(line);
    }

    private void EndLine(MemoryStream line)
    {
        output.Write(name, color, line.GetBuffer().AsSpan(0, (int)line.Length).TrimEnd((byte)'\r'));
        line.SetLength(0);
        _spoke.TrySetResult();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "getpgid")]
    private static partial int GroupOf(int pid);
}
