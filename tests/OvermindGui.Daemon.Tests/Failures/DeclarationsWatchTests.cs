using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Project;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Failures;

/// <summary>The file and what is active: a running daemon follows every change at once.</summary>
public class DeclarationsWatchTests
{
    private const int Timeout = 120_000;

    // Prints what it finds in a file, as soon as there is one.
    // It takes what it is to say away before it says it: what comes next must not be lost with it.
    private const string Speaker = "web: while true; do if mv say saying 2>/dev/null; then cat saying; fi; sleep 0.02; done";

    [Theory(Timeout = Timeout)]
    [InlineData("in place")]
    [InlineData("emptied first")]
    [InlineData("renamed over")]
    public async Task An_edit_by_hand_is_applied_at_once_and_without_a_restart(string way)
    {
        await using var daemon = await StartAsync("{}", Speaker);
        var pid = daemon.Info("web").Pid;
        await SayAsync(daemon, "boom 1");
        await daemon.WaitForLineAsync("web", "boom 1");

        await SaveAsync(daemon.Folder, """{"web": ["boom"]}""", way);
        await UntilActiveAsync(daemon, "web 1");
        Assert.Equal(pid, daemon.Info("web").Pid);
        await SayAsync(daemon, "boom 2");

        await daemon.WaitForAsync("web", p => p.State == ProcessState.Broken);
        Assert.Equal("boom 2", Assert.Single(daemon.Failures("web")).Text);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_declaration_that_a_program_adds_or_removes_is_followed()
    {
        await using var daemon = await StartAsync("{}", Speaker);
        var file = new DeclarationsFile(daemon.Folder, TimeProvider.System);
        await file.AddAsync("web", new FailureDeclaration("one"), TestContext.Current.CancellationToken);
        await file.AddAsync("web", new FailureDeclaration("two"), TestContext.Current.CancellationToken);
        await file.RemoveAsync("web", "one", null, TestContext.Current.CancellationToken);
        await daemon.WaitForAnyLineAsync("system", text => text == "Failure declarations of web are active: \"two\"");

        await SayAsync(daemon, "one");
        await daemon.WaitForLineAsync("web", "one");
        await SayAsync(daemon, "two");

        await daemon.WaitForAsync("web", p => p.State == ProcessState.Broken);
        Assert.Equal("two", Assert.Single(daemon.Failures("web")).Pattern);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_file_that_is_removed_takes_its_declarations_along()
    {
        await using var daemon = await StartAsync("""{"web": ["boom"]}""", Speaker);

        File.Delete(daemon.Folder.Declarations);
        await UntilActiveAsync(daemon, "none");
        await SayAsync(daemon, "boom");
        await daemon.WaitForLineAsync("web", "boom");
        await SayAsync(daemon, "and later");
        await daemon.WaitForLineAsync("web", "and later");

        Assert.Empty(daemon.Failures("web"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_broken_file_is_reported_and_the_last_good_declarations_stay_active()
    {
        await using var daemon = await StartAsync("""{"web": ["boom"]}""", Speaker);

        await SaveAsync(daemon.Folder, "{\"web\": [\"boom\", 17,\n  {\"pattern\": \"x\", \"action\": \"dance\"}],\n \"other\": 3}", "in place");
        await daemon.WaitForWordsAsync("The previous failure declarations stay active");
        var texts = daemon.Lines("system").Select(l => l.Text).ToList();
        Assert.Contains("failure_declarations.json line 1: web[1]: expected a text or an object with \"pattern\", found a number", texts);
        Assert.Contains("failure_declarations.json line 2: web[2]: \"action\": expected restart, stop or notify, found \"dance\"", texts);
        Assert.Contains("failure_declarations.json line 3: other: expected a list, found a number", texts);

        await SayAsync(daemon, "boom");
        await daemon.WaitForAsync("web", p => p.State == ProcessState.Broken);

        await SaveAsync(daemon.Folder, """{"web": ["other"]}""", "in place");
        await daemon.WaitForWordsAsync("failure_declarations.json is in order again");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_daemon_starts_with_a_broken_file_and_says_so()
    {
        await using var daemon = await StartAsync("{\n\"web\": [", Speaker);

        await daemon.WaitForWordsAsync("No failure declarations are active");
        await daemon.WaitForWordsAsync("failure_declarations.json line 2: not JSON: ");
        Assert.Equal(ProcessState.Running, daemon.Info("web").State);
    }

    [Fact(Timeout = Timeout)]
    public async Task Declarations_of_a_process_that_is_not_in_the_Procfile_are_reported_and_kept()
    {
        const string Declarations = """{"wbe": ["boom"], "web": ["boom"]}""";
        await using var daemon = await StartAsync(Declarations, Speaker);

        await daemon.WaitForWordsAsync("failure_declarations.json: there is no process wbe in the Procfile; its declarations have no effect");
        await SayAsync(daemon, "boom");
        await daemon.WaitForAsync("web", p => p.State == ProcessState.Broken);

        Assert.Equal(Declarations, await File.ReadAllTextAsync(daemon.Folder.Declarations, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = Timeout)]
    public async Task An_expression_that_runs_away_is_out_of_force_and_the_output_goes_on()
    {
        var hostile = new string('a', 60) + "b";
        await using var daemon = await StartAsync(
            """{"web": [{"pattern": "^(a+)+\\1$", "regex": true}, "boom"]}""", $"web: yes {hostile} | head -n 2000; echo boom; exec sleep 1000");

        await daemon.WaitForAsync("web", p => p.State == ProcessState.Broken);

        Assert.Equal(2001, daemon.Output("web").Count());
        await daemon.WaitForWordsAsync(
            @"The failure declaration ""^(a+)+\1$"" takes too long on the output of web; it is out of force until the declarations of web change");
        Assert.Single(daemon.Lines("system"), l => l.Text.Contains("takes too long", StringComparison.Ordinal));
    }

    private static Task<TestDaemon> StartAsync(string declarations, params string[] procfile) =>
        TestDaemon.StartWithFailuresAsync(declarations, FailureAction.Stop, TimeProvider.System, procfile);

    private static async Task SaveAsync(ProjectFolder folder, string text, string way)
    {
        var cancellation = TestContext.Current.CancellationToken;
        if (way == "renamed over")
        {
            await File.WriteAllTextAsync(folder.Declarations + "~", text, cancellation);
            File.Move(folder.Declarations + "~", folder.Declarations, overwrite: true);
            return;
        }

        if (way == "emptied first") await File.WriteAllTextAsync(folder.Declarations, "", cancellation);
        await File.WriteAllTextAsync(folder.Declarations, text, cancellation);
    }

    // Written to at once and by renaming: the speaker never finds half of it.
    private static async Task SayAsync(TestDaemon daemon, string text)
    {
        var path = Path.Combine(daemon.Folder.Root, "say");
        await File.WriteAllTextAsync(path + "~", text + "\n", TestContext.Current.CancellationToken);
        File.Move(path + "~", path, overwrite: true);
    }

    /// <summary>Waits until the daemon has logged that it follows the file as it is now.</summary>
    private static Task UntilActiveAsync(TestDaemon daemon, string declarations) => Eventually.TrueAsync(async () =>
    {
        await using var log = new FileStream(daemon.Folder.DaemonLog, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(log);
        var lines = (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n');
        var last = lines.LastOrDefault(l => l.Contains("Active failure declarations", StringComparison.Ordinal))?.TrimEnd() ?? "";
        return last.EndsWith($"Active failure declarations: {declarations}", StringComparison.Ordinal);
    });
}
