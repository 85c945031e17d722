using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Project.Settings;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Project;

public sealed class AlertsFileTests : IDisposable
{
    private readonly TempProject _project = new();
    private readonly AlertsFile _file;

    public AlertsFileTests() => _file = new AlertsFile(_project.Folder, TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Path => System.IO.Path.Combine(_project.Folder.Root, ProjectSettingsFile.FileName);

    public void Dispose() => _project.Dispose();

    private static readonly AlertDraft Down = new() { Name = "web is down", Processes = ["web"], Actions = [SimpleActionKind.Mark, SimpleActionKind.Browser] };

    [Theory]
    [InlineData("", "alerts:\n  - name: web is down\n    when: fails\n    processes: [web]\n    actions: [mark, browser]\n")]
    [InlineData("# ours\nprocesses:\n  web: {group: a}", "# ours\nprocesses:\n  web: {group: a}\n\nalerts:\n  - name: web is down\n    when: fails\n    processes: [web]\n    actions: [mark, browser]\n")]
    [InlineData("alerts: # none yet\nno_input: true\n", "alerts: # none yet\n  - name: web is down\n    when: fails\n    processes: [web]\n    actions: [mark, browser]\nno_input: true\n")]
    [InlineData("alerts:\n- when: unhealthy # loud\n\n# the end\n", "alerts:\n- when: unhealthy # loud\n- name: web is down\n  when: fails\n  processes: [web]\n  actions: [mark, browser]\n\n# the end\n")]
    [InlineData("alerts: [{when: unhealthy}] # all\n", "alerts: [{when: unhealthy}, {name: web is down, when: fails, processes: [web], actions: [mark, browser]}] # all\n")]
    public async Task An_alert_is_added_behind_the_others_and_everything_else_stays(string before, string after)
    {
        if (before.Length > 0) await File.WriteAllTextAsync(Path, before, Cancellation);
        await _file.AddAsync(Down, Cancellation);
        Assert.Equal(after, await File.ReadAllTextAsync(Path, Cancellation));
        Assert.Equal(Down.Yaml, AlertDraft.Of(Read()[^1]).Yaml);
    }

    private const string Written =
        """
        # what wakes us
        alerts:
          # the shop
          - name: web is down # at night too
            when: {memory: 500M, for: 2m} # measured
            actions:
              - mark   # in the log
              - {webhook: {url: "${HOOK}", preset: slack}}
            cooldown: 10m

          - when: unhealthy
        # processes
        processes:
          web: {group: shop}

        """;

    [Fact]
    public async Task Only_what_differs_is_written_again_and_comments_stay()
    {
        await File.WriteAllTextAsync(Path, Written, Cancellation);
        var former = AlertDraft.Of(Read()[0]);
        Assert.Equal(("memory", "500M", "2m", "${HOOK}", WebhookPreset.Slack, "10m"), (former.When, former.Value, former.Span, former.WebhookUrl, former.Preset, former.Cooldown));

        await _file.ChangeAsync(former, former with { Value = "1G", Groups = ["shop"], Cooldown = "" }, Cancellation);

        Assert.Equal(
            Written.Replace("{memory: 500M, for: 2m}", "{memory: 1G, for: 2m}", StringComparison.Ordinal)
                .Replace("    cooldown: 10m\n", "    groups: [shop]\n", StringComparison.Ordinal),
            await File.ReadAllTextAsync(Path, Cancellation));
    }

    [Fact]
    public async Task An_alert_is_removed_and_with_the_last_one_the_list_is_empty()
    {
        await File.WriteAllTextAsync(Path, Written, Cancellation);
        await _file.RemoveAsync(AlertDraft.Of(Read()[1]), Cancellation);
        Assert.Equal(Written.Replace("  - when: unhealthy\n", "", StringComparison.Ordinal), await File.ReadAllTextAsync(Path, Cancellation));
        await _file.RemoveAsync(AlertDraft.Of(Read()[0]), Cancellation);
        Assert.Empty(Read());
        Assert.Contains("# what wakes us\nalerts: []\n", await File.ReadAllTextAsync(Path, Cancellation), StringComparison.Ordinal);
        Assert.EndsWith("web: {group: shop}\n", await File.ReadAllTextAsync(Path, Cancellation), StringComparison.Ordinal);
    }

    public static TheoryData<AlertDraft> Drafts => new(
        Down with { Name = "" },
        Down with { When = "prints", Value = "it's: [bad] #1", Times = 3, Span = "30s", Debounce = "5s", NotifiesEnd = false },
        Down with { When = "prints", Value = "plain" },
        Down with { When = "cpu", Value = "90%", Span = "5m", Command = "echo \"$ALERT_RULE\" | mail -s 'x' me" },
        Down with { When = "disk", Value = "1.5G", Processes = [], WebhookUrl = "${HOOK}", Template = """{"text": "{{message}}"}""" },
        Down with { When = "not_ready", Value = "90s", Groups = ["a b"], Name = "true" },
        Down with { When = "silent", Value = "1h", Others = [new WebhookAction("https://example.com/hook", WebhookPreset.Ntfy, null), new CommandAction("true")] });

    [Theory]
    [MemberData(nameof(Drafts))]
    public async Task What_is_written_is_read_again_as_it_was_meant(AlertDraft draft)
    {
        await _file.AddAsync(draft, Cancellation);
        Assert.Equal(draft.Yaml, AlertDraft.Of(Read()[0]).Yaml);
        foreach (var other in Drafts.Select(row => row.Data))
        {
            await _file.ChangeAsync(AlertDraft.Of(Read()[0]), other, Cancellation);
            Assert.Equal(other.Yaml, AlertDraft.Of(Read()[0]).Yaml);
        }
    }

    [Theory]
    [InlineData("memory", "much", "", "expected an amount such as 600M")]
    [InlineData("not_ready", "soon", "", "expected a time such as")]
    [InlineData("prints", "a(", "", "expected a .NET regular expression")]
    [InlineData("fails", "", "https://hooks.slack.com/services/T0/B0/x", "the address holds a secret")]
    [InlineData("fails", "", "nowhere", "expected a URL")]
    public async Task What_cannot_be_used_is_refused_and_the_file_stays(string when, string value, string url, string reason)
    {
        await File.WriteAllTextAsync(Path, Written, Cancellation);
        var refused = await Assert.ThrowsAsync<AlertsFileException>(() => _file.AddAsync(Down with { Name = "new", When = when, Value = value, WebhookUrl = url }, Cancellation));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Equal(Written, await File.ReadAllTextAsync(Path, Cancellation));
    }

    [Theory]
    [InlineData("alerts:\n  - &a {when: fails}\n  - *a\n", "expected an anchor")]
    [InlineData("{processes: {web: {}}}\n", "form")]
    [InlineData("processes: [\n", "Fix the file first")]
    [InlineData("alerts: 3\n", "form")]
    public async Task A_file_of_another_form_is_left_alone(string text, string reason)
    {
        await File.WriteAllTextAsync(Path, text, Cancellation);
        var refused = await Assert.ThrowsAsync<AlertsFileException>(() => text.Contains("*a", StringComparison.Ordinal)
            ? _file.ChangeAsync(AlertDraft.Of(ProjectSettingsFile.Parse("alerts: [{when: fails}]"u8).Alerts[0].Rule), Down, Cancellation)
            : _file.AddAsync(Down, Cancellation));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(Path, Cancellation));
    }

    [Fact]
    public async Task An_alert_that_was_changed_meanwhile_is_not_overwritten()
    {
        await File.WriteAllTextAsync(Path, Written, Cancellation);
        var former = AlertDraft.Of(Read()[0]);
        await File.WriteAllTextAsync(Path, Written.Replace("500M", "700M", StringComparison.Ordinal), Cancellation);
        var refused = await Assert.ThrowsAsync<AlertsFileException>(() => _file.RemoveAsync(former, Cancellation));
        Assert.Contains("changed meanwhile", refused.Message, StringComparison.Ordinal);
    }

    private List<AlertRule> Read() => [.. ProjectSettingsFile.Load(_project.Folder.Root).Alerts.Select(a => a.Rule)];
}
