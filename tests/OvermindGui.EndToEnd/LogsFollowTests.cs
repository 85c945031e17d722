using System.Text.Json;
using OvermindGui.Core.Storage;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

public class LogsFollowTests
{
    private const int Timeout = 120_000;

    // Prints what a test appends to the file "said".
    private const string Echo = "web: touch said; exec tail -n +1 -f said";

    [Fact(Timeout = Timeout)]
    public async Task It_prints_what_is_there_and_goes_on_with_what_comes()
    {
        using var folder = new TestFolder(Echo);
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);
        await SayAsync(folder, "one");
        await using var logs = new FollowedLogs(folder.Folder, "web");

        Assert.Equal("web | one", (await logs.UntilAsync("one"))[^1]);
        await SayAsync(folder, "two");
        Assert.Equal("web | two", await logs.NextAsync());
        var (exitCode, rest) = await logs.EndAsync(Server.Interrupt);
        Assert.Equal(0, exitCode);
        Assert.Empty(rest);
    }

    [Fact(Timeout = Timeout)]
    public async Task Without_a_number_it_begins_with_the_newest_200_lines()
    {
        using var folder = new TestFolder("web: seq 1 300; exec sleep 1000");
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);
        await using (var all = new FollowedLogs(folder.Folder, "web", "-n", "all")) await all.UntilAsync(" 300");

        await using var newest = new FollowedLogs(folder.Folder, "web");
        Assert.Equal(Enumerable.Range(101, 200).Select(n => $"web | {n}"), await newest.UntilAsync(" 300"));
        await using var since = new FollowedLogs(folder.Folder, "web", "--since", "1h");
        Assert.Equal(301, (await since.UntilAsync(" 300")).Count); // and the daemon's word that it started
    }

    [Fact(Timeout = Timeout)]
    public async Task A_flood_is_printed_to_its_last_line_and_none_twice()
    {
        const int Count = 100_000;
        using var folder = new TestFolder($"web: seq 1 {Count}");
        await using var logs = new FollowedLogs(folder.Folder, "--grep", "^[0-9]+$", "--json");
        await logs.NextErrorAsync(); // it waits: of a database that is there it would begin with the newest lines
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);

        // On a busy machine a line may be seen before its end: it is printed then, and again, as amended, when it has rested.
        var texts = new SortedDictionary<long, string>();
        while (texts.Count < Count || !texts.Values.SequenceEqual(Enumerable.Range(1, Count).Select(n => $"{n}")))
        {
            var line = JsonElement.Parse(await logs.NextAsync());
            var isNew = texts.TryAdd(line.GetProperty("id").GetInt64(), line.GetProperty("text").GetString()!);
            Assert.NotEqual(isNew, line.TryGetProperty("amended", out _));
            if (!isNew) texts[line.GetProperty("id").GetInt64()] = line.GetProperty("text").GetString()!;
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task It_waits_for_the_first_daemon_and_says_so_once()
    {
        using var folder = new TestFolder(Echo);
        await using var logs = new FollowedLogs(folder.Folder, "-n", "0");
        Assert.Equal($"Waiting for {folder.Folder.Database}: it comes with the daemon", await logs.NextErrorAsync());

        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);
        await SayAsync(folder, "hello");

        await logs.UntilAsync("web    | hello");
        Assert.Equal(0, (await logs.EndAsync(Server.Terminate)).ExitCode);
    }

    [Fact(Timeout = Timeout)]
    public async Task It_outlives_the_daemon_and_follows_the_next_one()
    {
        using var folder = new TestFolder(Echo);
        await SayAsync(folder, "before");
        await using var logs = new FollowedLogs(folder.Folder);
        await using (await DetachedDaemon.StartAsync(folder.Folder)) await logs.UntilAsync("web    | before");
        await logs.UntilAsync("Daemon ended");

        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);
        await SayAsync(folder, "again");
        Assert.DoesNotContain(await logs.UntilAsync("web    | again"), line => line.EndsWith("Daemon ended", StringComparison.Ordinal));
    }

    [Fact(Timeout = Timeout)]
    public async Task It_goes_on_with_all_of_a_database_that_took_the_place_of_another()
    {
        using var folder = new TestFolder("web: echo first");
        await using var logs = new FollowedLogs(folder.Folder, "-n", "1");
        await logs.NextErrorAsync();
        await using (await DetachedDaemon.StartAsync(folder.Folder)) await logs.UntilAsync("first");
        await logs.UntilAsync("Daemon ended");
        foreach (var file in Directory.GetFiles(folder.Folder.Root, "overmind.db*")) File.Delete(file);
        await File.WriteAllTextAsync(folder.Folder.Procfile, "web: echo second\n", TestContext.Current.CancellationToken);

        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);
        Assert.DoesNotContain("web    | first", await logs.UntilAsync("second"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_line_that_changes_is_printed_again_when_it_rests()
    {
        using var folder = new TestFolder(Echo);
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);
        await using var logs = new FollowedLogs(folder.Folder, "web", "--json");
        await SayAsync(folder, "10 %");
        await logs.UntilAsync("\"10 %\",\"level\":\"none\"}");

        for (var percent = 11; percent <= 60; percent++) Change(folder, $"{percent} %");

        var printed = new List<JsonElement>(); // on a busy machine it may rest in between
        do printed.Add(JsonElement.Parse(await logs.NextAsync()));
        while (printed[^1].GetProperty("text").GetString() != "60 %");
        Assert.All(printed, line => Assert.True(line.GetProperty("amended").GetBoolean()));
        Assert.InRange(printed.Count, 1, 25);
        await SayAsync(folder, "next");
        Assert.Single(await logs.UntilAsync("\"next\",\"level\":\"none\"}"));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("web: seq 1 3; exec sleep 1000")]
    [InlineData("web: while true; do seq 1 1000; done")]
    public async Task It_ends_quietly_when_no_one_reads_any_more(string procfile)
    {
        using var folder = new TestFolder(procfile);
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);

        var logs = $"{Published.Executable} logs -f -n all --grep '^[0-9]+$'";
        var result = await Cli.RunAsync("sh", folder.Folder.Root, ["-c", $"{{ {logs}; echo \"ended with $?\" >&2; }} | head -n 3"]);

        Assert.Equal("web    | 1\nweb    | 2\nweb    | 3\n", result.Output);
        Assert.Equal("ended with 0\n", result.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_name_that_is_not_known_is_refused_as_soon_as_names_are()
    {
        using var folder = new TestFolder(Echo);
        await using var logs = new FollowedLogs(folder.Folder, "nope");
        await logs.NextErrorAsync();
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);
        Assert.StartsWith("Error: Unknown process: nope (known: ", await logs.NextErrorAsync(), StringComparison.Ordinal);
    }

    private static Task SayAsync(TestFolder folder, string text) =>
        File.AppendAllTextAsync(Path.Combine(folder.Folder.Root, "said"), text + "\n", TestContext.Current.CancellationToken);

    // As the daemon does with a line that is still being written.
    private static void Change(TestFolder folder, string text)
    {
        using var connection = OvermindDatabase.In(folder.Folder).OpenConnection();
        connection.Execute(null, "UPDATE lines SET text = $1 WHERE id = (SELECT max(id) FROM lines)", text);
        connection.Execute(null, "INSERT INTO amendments(line_id) SELECT max(id) FROM lines");
    }
}
