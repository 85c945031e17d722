using System.Text;
using OvermindGui.Core.Project.Settings;

namespace OvermindGui.Core.Tests.Project.Settings;

public class AlertProblemTests
{
    [Theory]
    [InlineData("{when: sometimes}", "alerts[1].when: expected fails, crash_loop or unhealthy, or a map with not_ready")]
    [InlineData("{name: x}", "alerts[1]: expected a key when")]
    [InlineData("{when: {silent: 1m, disk: 1G}}", "alerts[1].when: expected one of not_ready, prints, silent, memory, cpu and disk, found 2")]
    [InlineData("{when: {prints: '('}}", "alerts[1].when.prints: expected a .NET regular expression")]
    [InlineData("{when: {cpu: 90}}", "alerts[1].when.cpu: expected percent of one core")]
    [InlineData("{when: fails, actions: [shout]}", "alerts[1].actions: expected mark, browser, desktop, restart or stop, or a map with webhook or command")]
    [InlineData("{when: fails, actions: [{webhook: ftp://x}]}", "alerts[1].actions.webhook: expected a URL")]
    [InlineData("{when: fails, actions: [{webhook: 'https://hooks.slack.com/services/T0/B0/abc'}]}", "the address holds a secret; put it into a variable")]
    [InlineData("{when: fails, actions: [{webhook: {url: '${X}', template: '{'}}]}", "alerts[1].actions.webhook.template: expected JSON")]
    [InlineData("{when: {disk: 1G}, actions: [restart]}", "a rule about the disk is about no process")]
    [InlineData("{when: fails, processes: [wbe]}", "alert \"fails\": no process \"wbe\" in the Procfile (did you mean \"web\"?)")]
    [InlineData("{when: fails, groups: [none]}", "alert \"fails\": no process has the group \"none\"")]
    [InlineData("{when: {not_ready: 1m}}", "can never fire: none of its processes has a ready check")]
    [InlineData("{when: unhealthy}", "can never fire: none of its processes has a liveness check")]
    public void What_is_wrong_is_named_with_its_line(string rule, string words)
    {
        var file = ProjectSettingsFile.Parse(Encoding.UTF8.GetBytes($"alerts:\n  - {rule}\n"));

        var problem = Assert.Single(file.Problems.Concat(file.FindProblems(["web"], "/")));

        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.Equal(2, problem.Line);
    }

    [Fact]
    public void A_secret_address_is_never_part_of_what_is_said()
    {
        var file = ProjectSettingsFile.Parse("alerts:\n  - {when: fails, actions: [{webhook: 'https://hooks.slack.com/services/T0/B0/abc'}]}\n"u8);

        Assert.DoesNotContain("abc", Assert.Single(file.Problems).Message, StringComparison.Ordinal);
    }
}
