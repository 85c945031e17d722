using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Persistence;

/// <summary>Lines that change after they were first stored.</summary>
public class LiveLineTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_prompt_is_stored_while_it_waits_and_grows_in_its_row()
    {
        await using var daemon = await TestDaemon.StartAsync("p: printf 'Name: '; until [ -e go ]; do sleep 0.02; done; echo Ada");
        await daemon.WaitForLineAsync("p", "Name: ");
        var id = daemon.Output("p").Single().Id;

        await File.WriteAllTextAsync(Path.Combine(daemon.Folder.Root, "go"), "", TestContext.Current.CancellationToken);
        await daemon.OutputAfterEndAsync("p");

        var line = daemon.Output("p").Single();
        Assert.Equal((id, "Name: Ada"), (line.Id, line.Text));
        Assert.Contains(id, Amendments(daemon));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_display_of_twenty_lines_that_is_redrawn_two_hundred_times_is_twenty_rows()
    {
        const string Redraw =
            """p: for round in $(seq 1 200); do for task in $(seq 1 20); do printf '\r\033[2Ktask %s: %s\n' $task $round; done; [ $round = 200 ] || printf '\033[20A'; done""";
        await using var daemon = await TestDaemon.StartAsync(Redraw);

        Assert.Equal(Enumerable.Range(1, 20).Select(task => $"task {task}: 200"), await daemon.OutputAfterEndAsync("p"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_bar_is_one_row_and_changes_at_most_ten_times_a_second()
    {
        await using var daemon = await TestDaemon.StartAsync(
            @"p: start=$(date +%s%N); for i in $(seq 1 300); do printf '\rstep %s' $i; sleep 0.004; done; echo; echo $(( ($(date +%s%N) - start) / 1000000 ))");

        var output = await daemon.OutputAfterEndAsync("p");
        Assert.Equal("step 300", output[0]);
        Assert.Equal(2, output.Count);
        var milliseconds = int.Parse(output[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(Amendments(daemon).Count, 1, milliseconds / 100 + 2);
    }

    /// <summary>As apt and others draw it: the bar keeps its row on the screen while hundreds of lines scroll past it.</summary>
    [Fact(Timeout = Timeout)]
    public async Task A_bar_below_a_scroll_region_is_one_row_that_changes_to_the_end()
    {
        await using var daemon = await TestDaemon.StartAsync(
            @"p: printf '\033[1;49r\033[1;1H'; for i in $(seq 1 600); do printf '\0337\033[50;1Hbar %s\0338line %s\n' $i $i; [ $((i % 100)) != 0 ] || sleep 0.3; done");

        var output = await daemon.OutputAfterEndAsync("p");
        Assert.Equal(["bar 600", .. Enumerable.Range(1, 600).Select(i => $"line {i}")], output);
    }

    [Fact(Timeout = Timeout)]
    public async Task Two_streams_change_their_own_lines()
    {
        await using var daemon = await TestDaemon.StartOverPipesAsync(
            @"p: printf 'out 1'; printf 'err 1' >&2; until [ -e go ]; do sleep 0.02; done; printf '\rout 2\n'; printf '\rerr 2\n' >&2");
        await daemon.WaitForLineAsync("p", "out 1");
        await daemon.WaitForLineAsync("p", "err 1");
        await File.WriteAllTextAsync(Path.Combine(daemon.Folder.Root, "go"), "", TestContext.Current.CancellationToken);

        Assert.Equal(["err 2", "out 2"], (await daemon.OutputAfterEndAsync("p")).Order());
    }

    [Fact(Timeout = Timeout)]
    public async Task The_log_of_changes_is_pruned()
    {
        await using var daemon = await TestDaemon.StartAsync(
            @"p: for i in $(seq 1 1200); do printf 'a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\033[10A'; done; printf '\033[10Bend\n'; exec sleep 60");
        await daemon.WaitForLineAsync("p", "end");

        Assert.Equal(11, daemon.Output("p").Count());
        Assert.InRange(Amendments(daemon).Count, 0, 11_000);
    }

    private static List<long> Amendments(TestDaemon daemon)
    {
        using var connection = daemon.Database.OpenConnection();
        return connection.Query("SELECT line_id FROM amendments", row => row.GetInt64(0));
    }
}
