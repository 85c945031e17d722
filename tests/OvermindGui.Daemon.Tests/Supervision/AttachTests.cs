using System.Diagnostics;
using System.Net.Sockets;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Supervision;

/// <summary>Viewers at the terminal of a process.</summary>
public class AttachTests
{
    private const int Timeout = 120_000;

    // Prints the size of its window at the start and whenever it changes, and every key.
    // It looks for itself: bash may lose a trapped SIGWINCH that arrives while a read with a timeout ends.
    private const string Sizes =
        """p: bash -c 'while true; do now=$(stty size); [ "$now" = "$last" ] || echo "$now"; last=$now; IFS= read -rsn1 -t 0.05 key && printf "<%s>\n" "$key"; done'""";

    [Fact(Timeout = Timeout)]
    public async Task A_viewer_sees_the_screen_as_it_is_and_what_follows_and_its_keys_arrive_as_typed()
    {
        await using var daemon = await TestDaemon.StartAsync("""p: bash -c 'echo before; while IFS= read -rsn1 key; do printf "key %q\n" "$key"; done'""");
        await daemon.WaitForLineAsync("p", "before");
        await using var viewer = await Viewer.AttachAsync(daemon, "p", new TerminalSize(80, 24));

        await viewer.WaitForAsync("before");
        await viewer.TypeAsync("q\e[A\x04");

        await viewer.WaitForAsync("key q");
        await viewer.WaitForAsync(@"key $'\E'");
        await viewer.WaitForAsync(@"key $'\004'");
        Assert.Equal("before", daemon.Output("p").First().Text);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_window_follows_the_viewer_who_typed_last_and_the_last_to_leave_restores_it()
    {
        await using var daemon = await TestDaemon.StartAsync(Sizes);
        await daemon.WaitForLineAsync("p", "50 200");
        await using var small = await Viewer.AttachAsync(daemon, "p", new TerminalSize(80, 24));
        await daemon.WaitForLineAsync("p", "24 80");
        await using var large = await Viewer.AttachAsync(daemon, "p", new TerminalSize(120, 40));
        await using var looking = await Viewer.AttachAsync(daemon, "p", new TerminalSize(60, 20), readOnly: true);

        await large.TypeAsync("x");
        await daemon.WaitForLineAsync("p", "40 120");
        await small.WaitForSizeAsync(new TerminalSize(120, 40));
        await looking.WaitForSizeAsync(new TerminalSize(120, 40));
        await looking.TypeAsync("never");
        await large.ResizeAsync(new TerminalSize(100, 30));
        await daemon.WaitForLineAsync("p", "30 100");
        await large.DisposeAsync();
        await daemon.UntilAsync(() => daemon.Output("p").Count(l => l.Text == "24 80") == 2);
        await small.DetachAsync();
        await daemon.UntilAsync(() => daemon.Output("p").Count(l => l.Text == "50 200") == 2);

        Assert.DoesNotContain(daemon.Output("p"), line => line.Text == "<n>");
        Assert.DoesNotContain(daemon.Output("p"), line => line.Text == "20 60");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_window_that_changes_its_size_during_output_loses_no_line()
    {
        const int lines = 4_000;
        await using var daemon = await TestDaemon.StartAsync($$"""p: read -r go; i=0; while [ $i -lt {{lines}} ]; do i=$((i+1)); echo "line $i of many, and longer than the smallest of these windows is wide"; done; sleep 1000""");
        await using var viewer = await Viewer.AttachAsync(daemon, "p", new TerminalSize(80, 24));
        await viewer.TypeAsync("\r");
        for (var i = 0; !daemon.Output("p").Any(line => line.Text.StartsWith($"line {lines} ", StringComparison.Ordinal)); i++)
        {
            await viewer.ResizeAsync(new TerminalSize(40 + i % 7 * 30, 10 + i % 5 * 10));
            await Task.Delay(20, TestContext.Current.CancellationToken); // as often as a window that is dragged
        }

        Assert.Equal(
            Enumerable.Range(1, lines).Select(i => $"line {i} of many, and longer than the smallest of these windows is wide"),
            daemon.Output("p").Select(line => line.Text).Where(text => text.Length > 0));
    }

    [Fact(Timeout = Timeout)]
    public async Task Who_is_attached_is_in_the_list_of_processes_until_they_leave()
    {
        await using var daemon = await TestDaemon.StartAsync("p: sleep 1000");
        await using var first = await Viewer.AttachAsync(daemon, "p", new TerminalSize(80, 24));
        await daemon.WaitForAsync("p", p => p.Attached == "cli:test");
        await using var second = await Viewer.AttachAsync(daemon, "p", window: null, readOnly: true);
        Assert.Equal("attached: cli:test, cli:test (read-only)", (await daemon.WaitForAsync("p", p => p.Attached?.Contains('\n') == true)).AttachedText);

        await first.DetachAsync();
        await daemon.WaitForAsync("p", p => p.Attached == "cli:test (read-only)");
        await second.DetachAsync();
        await daemon.WaitForAsync("p", p => p.Attached is null);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_query_gets_one_answer_that_of_the_daemon()
    {
        await using var daemon = await TestDaemon.StartAsync(
            """p: bash -c 'read -rsn1; printf "asked\033[6n"; IFS= read -rs -d R p; echo " got ${p#*[}"; sleep 1000'""");
        await using var viewer = await Viewer.AttachAsync(daemon, "p", new TerminalSize(80, 24));

        await viewer.TypeAsync("x");

        await viewer.WaitForAsync(" got ");
        Assert.DoesNotContain("\e[6n", viewer.Received, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_is_typed_is_in_the_log_as_the_terminal_shows_it_and_answers_do_not_run_together()
    {
        await using var daemon = await TestDaemon.StartAsync("p: for i in 1 2; do printf 'name? '; read -r name; done; sleep 1000");
        await using var viewer = await Viewer.AttachAsync(daemon, "p", new TerminalSize(80, 24));

        await viewer.WaitForAsync("name? ");
        await viewer.TypeAsync("Ada\r");
        await viewer.WaitForAsync("Ada\r\nname? "); // what is typed before a prompt is echoed before it
        await viewer.TypeAsync("Grace\r");

        await daemon.WaitForLineAsync("p", "name? Grace");
        Assert.Equal(["name? Ada", "name? Grace"], daemon.Output("p").Select(l => l.Text));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_password_is_nowhere()
    {
        const string password = "correct-horse-battery";
        await using var daemon = await TestDaemon.StartAsync(
            """p: python3 -c 'import getpass, time; getpass.getpass("Password: "); print("thanks"); time.sleep(1000)'""");
        await using var viewer = await Viewer.AttachAsync(daemon, "p", new TerminalSize(80, 24));

        await viewer.WaitForAsync("Password: ");
        await viewer.TypeAsync(password + "\r");
        await daemon.WaitForLineAsync("p", "thanks");

        Assert.DoesNotContain(password, viewer.Received, StringComparison.Ordinal);
        // .NET does not open files that the daemon has locked.
        using var search = Process.Start("grep", ["-rlaF", "--devices=skip", password, daemon.Folder.Data])!;
        await search.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, search.ExitCode);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_viewer_that_does_not_read_delays_neither_the_log_nor_another_viewer()
    {
        await using var daemon = await TestDaemon.StartAsync("p: read -r go; seq 1 300000; echo flood over; sleep 1000");
        using var stuck = await ControlSocket.TryConnectAsync(daemon.Folder, TestContext.Current.CancellationToken);
        await stuck!.SendAsync("{\"id\":1,\"type\":\"attach\",\"process\":\"p\",\"columns\":80,\"rows\":24}\n"u8.ToArray(), SocketFlags.None);
        await using var viewer = await Viewer.AttachAsync(daemon, "p", new TerminalSize(80, 24));

        await viewer.TypeAsync("\r");

        await viewer.WaitForAsync("flood over");
        await daemon.WaitForLineAsync("p", "flood over");
        Assert.Contains(daemon.Output("p"), line => line.Text == "300000");
    }

    [Fact(Timeout = Timeout)]
    public async Task The_end_of_the_process_ends_the_attachment_behind_its_last_output()
    {
        await using var daemon = await TestDaemon.StartAsync("p: read -r go; echo last words; exit 3");
        await using var viewer = await Viewer.AttachAsync(daemon, "p", new TerminalSize(80, 24));

        await viewer.TypeAsync("\r");

        Assert.Equal(new TerminalMessage.Ended(true, "p exited with code 3"), await viewer.Ended);
        Assert.Contains("last words", viewer.Received, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Where_there_is_no_terminal_the_answer_says_why()
    {
        await using var daemon = await TestDaemon.StartAsync(
            TerminalSize.Default, PipedProcesses.Parse("piped", "test"), "p: exit 0", "piped: read -r line; echo \"got $line\"; sleep 1000", "q: sleep 1000");
        await daemon.WaitForEndAsync("p");

        Assert.Equal("p is not running", (await EndAsync(daemon, "p")).Message);
        Assert.Equal("Unknown process: nobody (known: p, piped, q)", (await EndAsync(daemon, "nobody")).Message);
        Assert.Equal("* means 3 processes: p, piped, q", (await EndAsync(daemon, "*")).Message);
        Assert.Equal("A window has 1 to 1000 columns and rows", (await EndAsync(daemon, "q", new TerminalSize(0, 5))).Message);
        var piped = await EndAsync(daemon, "piped");
        Assert.True(piped.NoTerminal);
        Assert.StartsWith("piped has no terminal to attach to: it runs over pipes", piped.Message, StringComparison.Ordinal);
        await using var typing = await Viewer.AttachAsync(daemon, "piped", window: null, inputOnly: true);
        await typing.TypeAsync("to a pipe\n");
        await daemon.WaitForLineAsync("piped", "got to a pipe");
    }

    [Fact(Timeout = Timeout)]
    public async Task Input_without_a_viewer_is_passed_on_unchanged_and_whole_to_a_slow_reader()
    {
        await using var daemon = await TestDaemon.StartAsync("p: stty raw -echo; echo raw; sleep 3; head -c 100000 | cksum; sleep 1000");
        await daemon.WaitForLineAsync("p", "raw");
        var input = new byte[100_000];
        new Random(1).NextBytes(input);
        await using var typing = await Viewer.AttachAsync(daemon, "p", window: null, inputOnly: true);

        await typing.TypeAsync(input);
        await typing.DetachAsync();

        await daemon.UntilAsync(() => daemon.Output("p").Any(line => line.Text.EndsWith(" 100000", StringComparison.Ordinal)));
        Assert.StartsWith($"{Cksum(input)} ", daemon.Output("p").Last().Text, StringComparison.Ordinal);
    }

    // POSIX cksum.
    private static uint Cksum(byte[] bytes)
    {
        var crc = 0u;
        foreach (var b in bytes) Add(b);
        for (var length = (uint)bytes.Length; length > 0; length >>= 8) Add((byte)length);
        return ~crc;

        void Add(byte b)
        {
            crc ^= (uint)b << 24;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 0x80000000) != 0 ? (crc << 1) ^ 0x04C11DB7 : crc << 1;
        }
    }

    private static async Task<TerminalMessage.Ended> EndAsync(TestDaemon daemon, string process, TerminalSize? window = null)
    {
        await using var attachment = await TerminalAttachment.TryOpenAsync(
            daemon.Folder, new AttachRequest(process, Initiator.ThisUser, window), TestContext.Current.CancellationToken);
        return (TerminalMessage.Ended)await attachment!.ReceiveAsync(TestContext.Current.CancellationToken).LastAsync(TestContext.Current.CancellationToken);
    }
}
