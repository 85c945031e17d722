using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Supervision;

/// <summary>Real programs that people attach to: debuggers, shells and full-screen programs, in small and large windows.</summary>
public class InteractiveProgramTests
{
    private const int Timeout = 120_000;

    public static TheoryData<string, string[]> Programs => new()
    {
        // The debuggers of Python, with readline, and with prompt_toolkit, which asks for the cursor and draws its own line.
        { "/usr/bin/python3 stop.py", ["(Pdb) ", "<p x+2\r", "42", "<c\r", "gone on 40"] },
        { "PYTHONBREAKPOINT=ipdb.set_trace /usr/bin/python3 stop.py", ["ipdb>", "<p x+2\r", "42", "<c\r", "gone on 40"] },
        {
            "/usr/bin/python3 -c 'from prompt_toolkit import prompt; print(\"got\", prompt(\"name?\").upper())'", ["name?", "<ada\x1b[D\x1b[Dx\r", "got AXDA"]
        },
        { "irb --nocolorize", ["irb(main)", "<40+2\r", "=> 42"] },
        { "ruby stop.rb", ["(byebug)", "<x+2\r", "42", "<continue\r", "gone on 40"] },
        { "ruby -e 'x = 40; binding.irb; puts \"gone on #{x}\"'", ["irb(main)", "<x+2\r", "=> 42", "<exit\r", "gone on 40"] },
        { "ruby -rdebug -e 'x = 40; binding.break; puts \"gone on #{x}\"'", ["(rdbg)", "<p x+2\r", "=> 42", "<c\r", "gone on 40"] },
        { "node inspect --port=21177 fault.js", ["debug> ", "<exec('40+2')\r", "42", "<.exit\r"] },
        { "PS1='ready> ' bash --norc -i", ["ready> ", "<echo $((40+2))\r", "42"] },
        { "vim -u NONE -n lines.txt", ["line 1", "<ggdGihello\x1b:wq\r"] },
        { "less lines.txt", ["line 1", "</line 70\r", "line 70", "<q"] },
        { "htop -d 50", ["PID", "<q"] },
    };

    [Theory(Timeout = Timeout)]
    [MemberData(nameof(Programs))]
    public async Task It_is_used_as_in_any_terminal(string program, string[] steps)
    {
        await using var daemon = await TestDaemon.StartPlannedAsync(
            new(),
            [
                ("stop.py", "x = 40\nbreakpoint()\nprint('gone on', x)\n"),
                ("stop.rb", "require 'byebug'\nx = 40\nbyebug\nputs \"gone on #{x}\"\n"), ("fault.js", "let x = 1;\nsetInterval(() => x++, 1000);\n"),
                ("lines.txt", string.Concat(Enumerable.Range(1, 100).Select(i => $"line {i}\n"))),
            ],
            TimeProvider.System, $"p: {program}; echo ended; sleep 1000");
        await using var small = await Viewer.AttachAsync(daemon, "p", new TerminalSize(80, 24));
        await using var large = await Viewer.AttachAsync(daemon, "p", new TerminalSize(200, 50));

        foreach (var step in steps)
            if (step[0] == '<') await large.TypeAsync(step[1..]);
            else await large.WaitForNextAsync(step);

        await large.WaitForSizeAsync(new TerminalSize(200, 50));
        if (steps[^1][0] == '<') await small.WaitForAsync("ended");
    }
}
