using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace OvermindGui.OvermindStandIn;

/// <summary><c>overmind start</c>.</summary>
internal sealed partial class StandIn
{
    private static readonly int[] Colors = [2, 3, 4, 5, 6, 42, 130, 103, 129, 108];

    private readonly Options _options;
    private readonly MultiOutput _output;
    private readonly List<StandInProcess> _processes;
    private readonly TaskCompletionSource _quit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _tmuxSocket;

    private StandIn(Options options, List<Match> entries)
    {
        _options = options;
        _tmuxSocket = $"overmind-{Path.GetFileName(Directory.GetCurrentDirectory())}-{Guid.NewGuid():N}";
        _output = new MultiOutput(entries.Max(e => e.Groups[1].Length));
        _processes = [.. entries.Select((e, i) => new StandInProcess(
            e.Groups[1].Value, e.Groups[2].Value, Colors[i % Colors.Length], _output, TmuxServer))];
    }

    private string TmuxServer => Path.Combine(Path.GetTempPath(), _tmuxSocket);

    public static async Task<int> RunAsync(Options options)
    {
        File.WriteAllText("stand-in.arguments", Environment.CommandLine);
        var entries = File.ReadAllLines(options.Procfile).Select(line => EntryPattern().Match(line)).Where(m => m.Success).ToList();
        if (entries.Count == 0) return Fatal("No entries were found in Procfile");
        if (entries.DistinctBy(e => e.Groups[1].Value).Count() < entries.Count) return Fatal("Process names must be unique");
        return await new StandIn(options, entries).RunAsync();
    }

    private async Task<int> RunAsync()
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Quit);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Quit);
        _output.Title(Path.GetFileName(Directory.GetCurrentDirectory()));
        _output.Say("system", 7, $"Tmux socket name: {_tmuxSocket}");
        _output.Say("system", 7, $"Listening at {_options.Socket}");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(_options.Socket));
        }
        catch (SocketException)
        {
            return Fatal($"it looks like Overmind is already running. If it's not, remove {_options.Socket} and try again");
        }

        listener.Listen();
        _ = ServeAsync(listener);
        await File.WriteAllTextAsync(TmuxServer, "");
        WriteWindow();
        var tmuxEnds = TmuxEndsAsync();
        var lives = Task.WhenAll(_processes.Select(p => p.LiveAsync()));
        if (await Task.WhenAny(_quit.Task, lives, tmuxEnds) == tmuxEnds) Environment.Exit(Fatal("Tmux client unexpectedly exited"));
        _processes.ForEach(p => p.Stop(keepAlive: false));
        if (await Task.WhenAny(lives, Task.Delay(_options.Timeout)) != lives) _processes.ForEach(p => p.Kill());
        await lives;
        File.Delete(TmuxServer);
        File.Delete(_options.Socket);
        return _processes.Max(p => p.ExitCode);
    }

    // The size of the windows that tmux would be asked to make, from that of the terminal at standard input.
    private void WriteWindow()
    {
        using var stty = Process.Start(new ProcessStartInfo("stty", ["size"]) { RedirectStandardOutput = true })!;
        if (stty.StandardOutput.ReadToEnd().Split() is [var rows, var columns, ..])
            File.WriteAllText("stand-in.window", $"{int.Parse(columns, CultureInfo.InvariantCulture) - _output.PrefixWidth} {rows}");
        stty.WaitForExit();
    }

    // Its server is a file here: see the script tmux.
    private async Task TmuxEndsAsync()
    {
        while (File.Exists(TmuxServer)) await Task.Delay(20);
    }

    private void Quit(PosixSignalContext context)
    {
        context.Cancel = true;
        Quit();
    }

    private void Quit()
    {
        if (!Options.Wants("deaf")) _quit.TrySetResult();
    }

    private async Task ServeAsync(Socket listener)
    {
        while (true)
        {
            using var connection = await listener.AcceptAsync();
            await using var stream = new NetworkStream(connection);
            using var words = new StreamReader(stream, leaveOpen: true);
            var command = (await words.ReadLineAsync())!.Split(' ');
            var names = command.Skip(1).ToList();
            var named = _processes.Where(p => names.Count == 0 || names.Contains(p.Name)).ToList();
            if (command[0] == "status") await stream.WriteAsync(Encoding.UTF8.GetBytes(Table()));
            else if (command[0] == "stop") named.ForEach(p => p.Stop(keepAlive: true));
            else if (command[0] == "restart") named.ForEach(p => p.Restart());
            else Quit();
        }
    }

    private string Table()
    {
        var width = Math.Max(9, _processes.Max(p => p.Name.Length)) + 1;
        var rows = _processes.Select(p => $"{p.Name.PadRight(width)}{p.Pid,-10}{(p.IsDead ? "dead" : "running")}\n");
        return $"{"PROCESS".PadRight(width)}{"PID",-10}STATUS\n{string.Concat(rows)}";
    }

    private static int Fatal(string message)
    {
        Console.Error.WriteLine($"overmind: {message}");
        return 1;
    }

    [GeneratedRegex(@"^([\w-]+):\s+(.+)$")]
    private static partial Regex EntryPattern();
}
