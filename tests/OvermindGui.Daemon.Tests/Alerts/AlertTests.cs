using System.Diagnostics;
using System.Text.Json;
using OvermindGui.Core.Alerts;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Alerts;

public class AlertTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_process_that_fails_is_marked_posted_and_resolved_when_it_runs_again()
    {
        using var receiver = new WebhookReceiver();
        await using var daemon = await StartAsync(
            $"alerts:\n  - name: web is down\n    when: fails\n    processes: [web]\n    actions: [mark, browser, {{webhook: {{url: '${{HOOK}}'}}}}]\n",
            receiver.Url, "web: test -e ok && exec sleep 1000; exit 3", "api: exit 3");

        var hit = await HitAsync(daemon, h => h.Outcome.Contains("sent", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(daemon.Folder.Root, "ok"), "", TestContext.Current.CancellationToken);
        await daemon.SendAsync(CommandKind.Start, "web");
        await HitAsync(daemon, h => h.ResolvedAt is not null);
        await daemon.UntilAsync(() => receiver.Bodies.Count == 2);

        Assert.Equal(("web is down", "web", "web failed: exited with code 3", true), (hit.Rule, hit.Process, hit.Message, hit.Notifies));
        Assert.Contains("Alert \"web is down\": web failed: exited with code 3", daemon.Lines("web").Select(l => l.Text));
        var bodies = receiver.Bodies.Select(b => JsonDocument.Parse(b).RootElement).ToList();
        Assert.Equal(["firing", "resolved"], bodies.Select(b => b.GetProperty("state").GetString()));
        Assert.Equal("web", bodies[0].GetProperty("process").GetString());
        Assert.DoesNotContain(receiver.Url, hit.Outcome, StringComparison.Ordinal);
        Assert.Single(new AlertHistory(daemon.Database).Newest(null, 10));
    }

    [Theory(Timeout = Timeout)]
    [InlineData(400, true, "not sent after 1 try: answered with status 400")]
    [InlineData(503, true, "not sent after 3 tries: answered with status 503")]
    [InlineData(200, false, "not sent after 3 tries: no answer within 5 s")]
    public async Task A_webhook_that_is_wrong_or_slow_is_tried_again_and_holds_up_nothing(int status, bool answers, string outcome)
    {
        using var receiver = new WebhookReceiver(status, answers);
        await using var daemon = await StartAsync(
            "alerts:\n  - {name: hook, when: fails, actions: [{webhook: {url: '${HOOK}', preset: slack}}]}\n  - {name: mark, when: fails}\n", receiver.Url, "web: exit 3");

        await HitAsync(daemon, h => h.Rule == "mark" && h.Outcome.Length > 0);
        var started = Stopwatch.GetTimestamp();
        await daemon.SendAsync(CommandKind.Restart, "web");

        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 12); // three tries with 5 s each would take longer
        var hit = await HitAsync(daemon, h => h.Rule == "hook" && h.Outcome.Length > 0);
        Assert.Equal($"webhook slack: {outcome}", hit.Outcome);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_webhook_that_is_gone_and_a_variable_that_is_not_set_are_named()
    {
        await using var daemon = await StartAsync(
            "alerts:\n  - {name: gone, when: fails, actions: [{webhook: {url: '${HOOK}'}}]}\n  - {name: unset, when: fails, actions: [{webhook: {url: '${NOWHERE}'}}]}\n",
            "http://localhost:1/", "web: exit 3");

        Assert.Equal("webhook ${NOWHERE}: not sent: the variable NOWHERE is not set", (await HitAsync(daemon, h => h.Rule == "unset" && h.Outcome.Length > 0)).Outcome);
        Assert.StartsWith(
            "webhook ${HOOK}: not sent after 3 tries: it cannot be reached", (await HitAsync(daemon, h => h.Rule == "gone" && h.Outcome.Length > 0)).Outcome,
            StringComparison.Ordinal);
        Assert.Contains(await daemon.WaitForWordsAsync("the variable NOWHERE of its webhook is not set"), daemon.Lines("system").Select(l => l.Text));
    }

    [Fact(Timeout = Timeout)]
    public async Task Lines_that_match_silence_and_a_lack_of_readiness_fire()
    {
        await using var daemon = await StartAsync(
            """
            alerts:
              - {name: many, when: {prints: {pattern: time.?out, times: 3, within: 1m}}, processes: [chatty], actions: [{command: 'echo "$ALERT_RULE $ALERT_PROCESS" > told'}]}
              - {name: silent, when: {silent: 2s}, processes: [quiet]}
              - {name: late, when: {not_ready: 1s}, processes: [slow]}
              - {name: act, when: {prints: boom}, processes: [bomb], actions: [restart]}
            processes:
              slow: {ready: {log: never}}
            """,
            "", "chatty: for i in 1 2 3; do echo timeout $i; sleep 0.1; done; exec sleep 1000", "quiet: exec sleep 1000", "slow: exec sleep 1000",
            "bomb: test -e once || { touch once; echo boom; }; exec sleep 1000");

        Assert.Equal("chatty prints \"time.?out\" 3 times in 1m: timeout 3", (await HitAsync(daemon, h => h.Rule == "many")).Message);
        Assert.Equal("quiet prints nothing for 2s", (await HitAsync(daemon, h => h.Rule == "silent")).Message);
        Assert.Equal("slow is not ready after 1s", (await HitAsync(daemon, h => h.Rule == "late")).Message);
        await daemon.UntilAsync(() => daemon.Causes("bomb").Count == 2);
        Assert.Equal("alert", daemon.Causes("bomb")[1]);
        await daemon.UntilAsync(() => File.Exists(Path.Combine(daemon.Folder.Root, "told")) && File.ReadAllText(Path.Combine(daemon.Folder.Root, "told")) == "many chatty\n");
    }

    [Fact(Timeout = Timeout)]
    public async Task Memory_above_a_limit_fires_and_the_disk_is_looked_at()
    {
        await using var daemon = await StartAsync(
            "alerts:\n  - {name: big, when: {memory: 60M, for: 5s}}\n  - {name: full, when: {disk: 900T}}\n", "", $"web: {Dummy.Leak(50)}");

        Assert.Null((await HitAsync(daemon, h => h.Rule == "full")).Process);
        Assert.StartsWith("web: memory above 60 MB for 5s", (await HitAsync(daemon, h => h.Rule == "big")).Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Alerts_can_be_tested_muted_and_changed_while_the_daemon_runs()
    {
        await using var daemon = await StartAsync("alerts:\n  - {name: down, when: fails, actions: [mark, stop], cooldown: 1s}\n", "", "web: exec sleep 1000");
        var token = TestContext.Current.CancellationToken;

        Assert.True((await AlertRequest.TestAsync(daemon.Folder, "down", token)).Succeeded);
        Assert.Equal((false, "No alert \"up\" (known: down)"), await AlertRequest.TestAsync(daemon.Folder, "up", token) is var unknown ? (unknown.Succeeded, unknown.Message) : default);
        var test = await HitAsync(daemon, h => h.Outcome.Contains("stop", StringComparison.Ordinal));
        Assert.True((await AlertRequest.MuteAsync(daemon.Folder, "down", 60, token)).Succeeded);
        Assert.Equal("down", Assert.Single(new AlertHistory(daemon.Database).Muted(DateTimeOffset.UtcNow)).Key);
        daemon.Save("overmind-gui.yaml", "alerts:\n  - {name: down, when: fails}\n  - {name: new, when: fails}\n");
        await daemon.UntilAsync(() => AlertRequest.TestAsync(daemon.Folder, "new", token).Result.Succeeded);
        await daemon.SendAsync(CommandKind.Kill, "web");
        await daemon.SendAsync(CommandKind.Start, "web");
        using (var web = Process.GetProcessById(daemon.Info("web").Pid!.Value)) web.Kill();
        var fired = await HitAsync(daemon, h => h is { Rule: "new", IsTest: false });

        Assert.True(test.IsTest);
        Assert.Contains("stop: not in a test", test.Outcome, StringComparison.Ordinal);
        Assert.Equal("web failed: killed by SIGKILL (9)", fired.Message);
        Assert.DoesNotContain(new AlertHistory(daemon.Database).Newest("down", 10), h => !h.IsTest);
    }

    private static async Task<AlertHitInfo> HitAsync(TestDaemon daemon, Func<AlertHitInfo, bool> condition)
    {
        AlertHitInfo? hit = null;
        await daemon.UntilAsync(() => (hit = new AlertHistory(daemon.Database).Newest(null, 50).FirstOrDefault(condition)) is not null);
        return hit!;
    }

    private static Task<TestDaemon> StartAsync(string settings, string hook, params string[] procfile) =>
        TestDaemon.StartPlannedAsync(new PlanOptions(), [("overmind-gui.yaml", settings), (".env", $"HOOK={hook}\n")], TimeProvider.System, procfile);
}
