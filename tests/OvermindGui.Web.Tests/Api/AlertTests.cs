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

    [Fact(Timeout = Timeout)]
    public async Task An_alert_is_added_changed_and_removed_in_the_settings_file()
    {
        await using var server = await StartAsync();

        var added = await server.PostAsync("/api/alerts/add", """{"name":"api: silent\n","when":{"silent":"10m"},"processes":["api"],"actions":["mark"],"resolved":false}""");
        Assert.Equal("Added the alert api: silent", Text(added["message"]).Trim());
        var changed = await server.PostAsync("/api/alerts/down/change", """
            {
              "name": "web is down",
              "when": {"memory": "1G", "for": "2m"},
              "actions": ["mark", {"webhook": "${HOOK}"}]
            }
            """);
        Assert.Equal("Changed the alert web is down", Text(changed["message"]));
        var listed = (await server.GetJsonAsync("/api/alerts"))["alerts"];
        Assert.Equal(["web is down: memory above 1.0 GB for 2m", "api: silent: prints nothing for 10m"], listed.EnumerateArray().Select(a => $"{Text(a.GetProperty("name")).Trim()}: {Text(a.GetProperty("condition"))}"));

        await server.PostAsync("/api/alerts/web%20is%20down/remove");
        Assert.Single((await server.GetJsonAsync("/api/alerts"))["alerts"].EnumerateArray());
    }

    [Theory(Timeout = Timeout)]
    [InlineData("add", """{"name":"x","when":"fals","actions":["mark"],"other":1}""", "when: expected fails", HttpStatusCode.BadRequest)]
    [InlineData("add", """["x"]""", "expected", HttpStatusCode.BadRequest)]
    [InlineData("add", "{}", "expected", HttpStatusCode.BadRequest)]
    [InlineData("add", """{"name":"down","when":"fails","actions":["mark"]}""", "\"down\" is already there", HttpStatusCode.Conflict)]
    [InlineData("nothing/change", """{"when":"fails","actions":["mark"]}""", "Unknown alert: nothing (known: down)", HttpStatusCode.NotFound)]
    [InlineData("nothing/remove", null, "Unknown alert: nothing (known: down)", HttpStatusCode.NotFound)]
    public async Task An_alert_that_cannot_be_written_is_refused_and_the_file_stays(string address, string? body, string words, HttpStatusCode status)
    {
        await using var server = await StartAsync();

        Assert.Contains(words, (await server.PostAsync($"/api/alerts/{address}", body)).ErrorOf(status), StringComparison.OrdinalIgnoreCase);
        Assert.Single((await server.GetJsonAsync("/api/alerts"))["alerts"].EnumerateArray());
    }

    private static string Text(System.Text.Json.JsonElement element) => element.GetString()!;

    private static Task<RunningServer> StartAsync()
    {
        var project = new StoredProject().WithProcfile("web: run web\n").WithDatabase().WithProcess("web");
        File.WriteAllText(Path.Combine(project.Folder.Root, "overmind-gui.yaml"), "alerts:\n  - {name: down, when: fails, actions: [{webhook: '${HOOK}'}]}\n");
        return RunningServer.StartAsync(project);
    }
}
