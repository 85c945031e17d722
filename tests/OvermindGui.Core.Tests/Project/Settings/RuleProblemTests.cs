using System.Text;
using OvermindGui.Core.Project.Settings;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Project.Settings;

public class RuleProblemTests
{
    [Theory]
    [InlineData("max_memory: lots", "web.max_memory: expected an amount such as 600M or 1.5G, found \"lots\"")]
    [InlineData("max_cpu: 90% for 1s", "web.max_cpu: expected a time of at least 5s")]
    [InlineData("max_cpu: 0%", "web.max_cpu: expected percent of one core")]
    [InlineData("max_cpu: 999999%", "so nothing uses more than")]
    [InlineData("max_memory: 900T", "so nothing can use more than 900T")]
    [InlineData("success_codes: [0, 256]", "web.success_codes: expected a whole number from 0 to 255, found the number 256")]
    [InlineData("liveness: {interval: 1s}", "web.liveness: expected one of tcp, http, log and command")]
    [InlineData("liveness: {tcp: 1, http: /}", "expected one of tcp, http, log and command, found tcp and http")]
    [InlineData("liveness: {tcp: soon}", "web.liveness.tcp: expected a port")]
    [InlineData("watch: {signal: HUP, command: make}", "web.watch: expected one of restart, signal and command, found signal and command")]
    [InlineData("watch: {signal: HUP, cascade: true}", "web.watch: cascade restarts the processes that depend on this one")]
    [InlineData("schedule: every day", "web.schedule: expected five fields (minute, hour, day, month, weekday), found \"every day\"")]
    [InlineData("schedule: '61 * * * *'", "found \"61 * * * *\"")]
    [InlineData("schedule: '*/5 * * *'", "it ends too early")]
    [InlineData("schedule: '0 0 30 2 *'", "it is never due")]
    [InlineData("schedule: {cron: '@daily', timezone: Mars/Olympus}", "web.schedule.timezone: expected a time zone of this machine")]
    [InlineData("schedule: {overlap: queue}", "web.schedule: expected a key cron")]
    [InlineData("{schedule: '@daily', restart: always}", "contradict each other")]
    public void What_is_wrong_is_named_with_its_line(string setting, string words)
    {
        var text = setting.StartsWith('{') ? $"processes:\n  web: {setting}\n" : $"processes:\n  web:\n    {setting}\n";

        var problem = Assert.Single(ProjectSettingsFile.Parse(Encoding.UTF8.GetBytes(text)).Problems);

        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.InRange(problem.Location.Line, 2, 3);
        using var project = new PlanProject().With(ProjectSettingsFile.FileName, text);
        Assert.Contains(problem.Message, project.Load().Problems.Select(p => p.Message)); // and a project with it can be planned
    }
}
