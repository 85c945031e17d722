using System.Net;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Api;

public sealed class AlertTests
{
    private const int Timeout = 30_000;

    [Fact(Timeout = Timeout)]
    public async Task Alerts_are_listed_with_their_condition_and_without_values_of_variables()
    {
        await using var server = await StartAsync();

        var alert = (await server.GetJsonAsync("/api/alerts"))["alerts"][0];

        Assert.Equal(("down", "fails", 2), (alert.GetProperty("name").GetString(), alert.GetProperty("condition").GetString(), alert.GetProperty("line").GetInt32()));
        Assert.Equal("webhook ${HOOK}", alert.GetProperty("actions")[0].GetString());
    }

    [Theory(Timeout = Timeout)]
    [InlineData("nothing/test", "Unknown alert: nothing (known: down)", HttpStatusCode.NotFound)]
    [InlineData("nothing/mute", "Unknown alert: nothing (known: down)", HttpStatusCode.NotFound)]
    [InlineData("down/mute?minutes=-1", "minutes: expected a whole number", HttpStatusCode.BadRequest)]
    [InlineData("down/test", "No daemon can be asked", HttpStatusCode.ServiceUnavailable)]
    [InlineData("down/mute", "No daemon can be asked", HttpStatusCode.ServiceUnavailable)]
    public async Task What_is_wrong_is_named(string address, string words, HttpStatusCode status)
    {
        await using var server = await StartAsync();

        Assert.StartsWith(words, (await server.PostAsync($"/api/alerts/{address}")).ErrorOf(status), StringComparison.Ordinal);
    }

    private static Task<RunningServer> StartAsync()
    {
        var project = new StoredProject().WithProcfile("web: run web\n").WithDatabase().WithProcess("web");
        File.WriteAllText(Path.Combine(project.Folder.Root, "overmind-gui.yaml"), "alerts:\n  - {name: down, when: fails, actions: [{webhook: '${HOOK}'}]}\n");
        return RunningServer.StartAsync(project);
    }
}
