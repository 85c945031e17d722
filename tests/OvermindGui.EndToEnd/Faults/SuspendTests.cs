using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd.Faults;

/// <summary>The machine sleeps, as far as daemon and dashboard can tell: both stand still and go on.</summary>
[Collection(BrowserTests.Name)]
public class SuspendTests(Chromium chromium)
{
    private const int Stop = 19;
    private const int Continue = 18;

    private static readonly string Dummy = Path.Combine(AppContext.BaseDirectory, "OvermindGui.Dummy");

    // A minute in `./run test long`: a browser gives up a connection after half a minute.
    private static readonly TimeSpan Sleep =
        TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("OVERMIND_GUI_SLEEP_SECONDS") ?? "5", System.Globalization.CultureInfo.InvariantCulture));

    [Fact(Timeout = 240_000)]
    public async Task A_sleep_loses_no_line_restarts_no_process_and_the_page_goes_on()
    {
        using var folder = new TestFolder($"web: exec {Dummy} paced 50 10000000", "quiet: exec sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder, "--auto-restart", "all");
        await using var page = await chromium.OpenAsync(server.Address);
        await page.WaitForAsync("() => document.querySelectorAll('.line[data-p=web]').length > 10");
        var pids = server.Pids();
        int[] asleep = [DaemonLock.ReadPid(folder.Folder)!.Value, server.Pid];

        try
        {
            foreach (var pid in asleep) _ = Server.SendSignal(pid, Stop);
            await Task.Delay(Sleep, TestContext.Current.CancellationToken); // the time that they miss
        }
        finally
        {
            foreach (var pid in asleep) _ = Server.SendSignal(pid, Continue);
        }

        var stored = NumberedLines.Of(folder.Folder, "web")[^1];
        await page.WaitForAsync(
            $"() => Number(/line (\\d+)$/.exec([...document.querySelectorAll('.line[data-p=web]')].at(-1)?.textContent.trimEnd())?.[1]) > {stored + 50}");
        Assert.Equal(pids, server.Pids());
        Assert.All(server.Snapshot().Processes, p => Assert.Equal(ProcessState.Running, p.State));
        Figures.Print($"asleep for {Sleep.TotalSeconds} s: {NumberedLines.CountWhole(NumberedLines.Of(folder.Folder, "web"))} lines, 0 lost");
    }
}
