using System.Text.RegularExpressions;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Completion, as bash, zsh and fish themselves get it from our scripts.</summary>
public class CompletionTests
{
    private const int Timeout = 120_000;

    private static readonly (string Line, string[] Offered)[] Cases =
    [
        ("st", ["status", "start", "stop"]),
        ("stop w", ["web", "worker"]),
        ("logs api -f w", ["web", "worker"]),
        ("scale wo", ["worker="]),
        ("server --on-failure ", ["restart", "stop", "notify"]),
        ("server -l api,wo", ["api,worker"]),
        ("server --keep-d", ["--keep-days"]),
        ("failures re", ["remove"]),
        ("completion z", ["zsh"]),
        ("stop --working-dir elsewhere ", ["other"]),
        ("--base-p", ["--base-port"]),
        ("nonsense w", []),
        ("server --port ", []),
    ];

    [Fact(Timeout = Timeout)]
    public async Task Bash_offers_what_may_stand_there()
    {
        using var folder = Project();
        var tries = Cases.Append(("server --on-failure=re", ["restart"])).Append(("server -s web=T", ["TERM"])).Append(("ps else", ["elsewhere"])).ToArray();

        var result = await RunAsync(folder, "bash", ["--norc", "-c",
            """
            eval "$(overmind-gui completion bash)"
            try() {
              COMP_LINE=$1 COMP_POINT=${#1}
              shift
              COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
              _overmind_gui
              echo "${COMPREPLY[*]}"
            }
            """ + string.Concat(tries.Select(t => $"\ntry 'overmind-gui {t.Item1}' {string.Join(' ', BashWords($"overmind-gui {t.Item1}"))}"))]);

        AssertOffered(tries, result);
    }

    [Fact(Timeout = Timeout)]
    public async Task Zsh_offers_what_may_stand_there()
    {
        using var folder = Project();
        var tries = Cases.Append(("server --on-failure=re", ["--on-failure=restart"])).Append(("server -s web=T", ["web=TERM"])).Append(("ps else", ["folders"])).ToArray();

        // Its own functions for showing work only while a user types.
        var result = await RunAsync(folder, "zsh", ["-f", "-c",
            """
            compdef() { :; }
            _describe() {
              local -a items=("${(@P)3}")
              offered+=("${(@)items%%:*}")
            }
            compset() { :; }
            _files() { offered+=(folders) }
            eval "$(overmind-gui completion zsh)"
            try() {
              words=("$@") CURRENT=$# PREFIX=${@[-1]} offered=()
              _overmind-gui
              echo "$offered"
            }
            """ + string.Concat(tries.Select(t => $"\ntry overmind-gui {string.Join(' ', Words(t.Item1))}"))]);

        AssertOffered(tries, result);
    }

    [Fact(Timeout = Timeout)]
    public async Task Fish_offers_what_may_stand_there()
    {
        using var folder = Project();
        var tries = Cases.Append(("server --on-failure=re", ["--on-failure=restart"])).Append(("server -s web=T", ["web=TERM"])).Append(("ps else", ["elsewhere/"])).ToArray();

        var result = await RunAsync(folder, "fish", ["--no-config", "-c",
            "overmind-gui completion fish | source\n" + string.Concat(tries.Select(t =>
                $"echo (complete -C 'overmind-gui {t.Item1}' | string replace -r '\\t.*' '')\n"))]);

        AssertOffered(tries, result);
    }

    [Fact(Timeout = Timeout)]
    public async Task While_a_daemon_runs_its_instances_are_offered()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder, "-m", "web=2");

        var result = await Cli.RunAsync(folder.Folder.Root, "complete", "--", "stop", "w");

        Assert.Equal((0, "web#1\nweb#2\n", ""), (result.ExitCode, result.Output, result.Errors));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("stop", "")]
    [InlineData("stop", "--working-dir", "/no/such/folder", "")]
    [InlineData("stop", "--port", "banana", "")]
    [InlineData]
    public async Task Where_nothing_is_known_nothing_is_printed_into_the_prompt(params string[] typed)
    {
        using var folder = new TestFolder();
        if (typed.Length == 2) await File.WriteAllTextAsync(folder.Folder.Procfile, "not a line\n", TestContext.Current.CancellationToken);

        var result = await Cli.RunAsync(folder.Folder.Root, ["complete", "--", .. typed]);

        Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Errors));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("Error: Unknown shell: tcsh (known: bash, zsh, fish)", "tcsh")]
    [InlineData("Error: completion requires a shell: bash, zsh, fish")]
    public async Task A_shell_that_has_no_script_is_refused(string message, params string[] arguments)
    {
        using var folder = new TestFolder();

        var result = await Cli.RunAsync(folder.Folder.Root, ["completion", .. arguments]);

        Assert.Equal((1, "", message + "\n"), (result.ExitCode, result.Output, result.Errors));
    }

    private static TestFolder Project()
    {
        var folder = new TestFolder("web: sleep 1000", "worker: sleep 1000", "api: sleep 1000");
        var other = folder.Folder.Root + "/elsewhere";
        Directory.CreateDirectory(other);
        File.WriteAllText(other + "/Procfile", "other: sleep 1000\n");
        return folder;
    }

    private static async Task<CliResult> RunAsync(TestFolder folder, string shell, string[] arguments)
    {
        var path = $"{Path.GetDirectoryName(Published.Executable)}:{Environment.GetEnvironmentVariable("PATH")}";
        return await Cli.RunAsync("env", folder.Folder.Root, [$"PATH={path}", $"HOME={folder.Folder.Root}", shell, .. arguments]);
    }

    private static void AssertOffered((string Line, string[] Offered)[] tries, CliResult result)
    {
        Assert.Equal("", result.Errors);
        var offered = result.Output.TrimEnd('\n').Split('\n').Concat(Enumerable.Repeat("", tries.Length)).Take(tries.Length).Select(Sorted);
        Assert.Equal(tries.Select(t => $"{t.Line}: {Sorted(string.Join(' ', t.Offered))}"), tries.Zip(offered, (t, o) => $"{t.Line}: {o}"));
    }

    // fish sorts, the others keep our order.
    private static string Sorted(string words) => string.Join(' ', words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Words(string line) => line.Split(' ').Select(word => $"'{word}'");

    // Bash takes = for a word of its own.
    private static IEnumerable<string> BashWords(string line) =>
        line.Split(' ').SelectMany(word => Regex.Split(word, "(=)")).Select(word => $"'{word}'");
}
