using System.Diagnostics;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd.Faults;

/// <summary>A project's files are pipes at whose other end nothing happens, or far too large.</summary>
public sealed class UnreadableFileTests
{
    private const int Timeout = 120_000;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60); // 2 s for each look at each file, on a machine that does other things as well

    [Theory(Timeout = Timeout)]
    [InlineData("Procfile")]
    [InlineData("overmind-gui.yaml")]
    public async Task A_pipe_without_a_writer_is_an_error_and_no_wait(string name)
    {
        using var folder = new TestFolder();
        if (name != "Procfile") await File.WriteAllTextAsync(folder.Folder.Procfile, "web: sleep 1000\n", TestContext.Current.CancellationToken);
        await MakePipeAsync(Path.Combine(folder.Folder.Root, name));
        foreach (var verb in new[] { "daemon", "check" })
        {
            var waiting = Stopwatch.StartNew();
            var result = await Cli.RunAsync(folder.Folder.Root, verb);

            Assert.Equal(1, result.ExitCode);
            Assert.Contains("it is a pipe, and not all of it has come within 2 s", result.Output + result.Errors, StringComparison.Ordinal);
            Assert.True(waiting.Elapsed < Bound, $"{verb} took {waiting.Elapsed}");
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task Environment_and_declarations_that_are_pipes_keep_no_daemon_from_starting_and_no_command_waiting()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await MakePipeAsync(Path.Combine(folder.Folder.Root, ".env"));
        await MakePipeAsync(folder.Folder.Declarations);
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);

        var reloading = Cli.RunAsync(folder.Folder.Root, "reload");
        var waiting = Stopwatch.StartNew();
        Assert.Equal(new CliResult(0, "Stopped web\n", ""), await Cli.RunAsync(folder.Folder.Root, "stop", "web"));
        Assert.True(waiting.Elapsed < Bound, $"The stop took {waiting.Elapsed}");
        await reloading;

        waiting.Restart();
        Assert.Equal(0, (await Cli.RunAsync(folder.Folder.Root, "quit")).ExitCode);
        Assert.True(waiting.Elapsed < Bound, $"The quit took {waiting.Elapsed}");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_Procfile_of_half_a_gigabyte_is_refused_at_once()
    {
        using var folder = new TestFolder();
        await using (var sparse = File.Create(folder.Folder.Procfile)) sparse.SetLength(500L << 20);

        var result = await Cli.RunAsync("bash", folder.Folder.Root, ["-c", $"ulimit -d 1000000; {Published.Executable} daemon; true"]);

        Assert.Contains("it is larger than 4 MiB", result.Errors, StringComparison.Ordinal);
    }

    private static async Task MakePipeAsync(string path)
    {
        using var mkfifo = Process.Start("mkfifo", [path]);
        await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, mkfifo.ExitCode);
    }
}
