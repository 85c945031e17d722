using System.Net;
using System.Text.Json;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Api;

public sealed class FailureTests
{
    private const int Timeout = 30_000;
    private const string Web = "/api/failure-declarations/web";

    [Fact(Timeout = Timeout)]
    public async Task Declarations_are_added_listed_and_removed_as_the_readme_does_it()
    {
        await using var server = await StartAsync();

        var added = await server.PostAsync($"{Web}/add", """{"failure_string": "  Error: EADDRINUSE "}""");
        Assert.Equal("""{"success":true,"message":"Added failure declaration for web","declarations":["Error: EADDRINUSE"]}""", WithoutDetails(added));
        Assert.Equal(WithoutDetails(added), WithoutDetails(await server.PostAsync($"{Web}/add", """{"failure_string": "Error: EADDRINUSE"}""")));

        var answer = await server.GetJsonAsync(Web);
        Assert.Equal("""{"process":"web","declarations":["Error: EADDRINUSE"]}""", WithoutDetails(answer));
        Assert.Equal("{\n  \"web\": [\n    \"Error: EADDRINUSE\"\n  ]\n}\n", await TextAsync(server));
        var processes = await server.GetJsonAsync("/api/processes");
        Assert.Equal("""["Error: EADDRINUSE"]""", processes["processes"].GetProperty("web").GetProperty("warning_patterns").GetRawText());

        var removed = await server.PostAsync($"{Web}/remove", """{"failure_string": "Error: EADDRINUSE"}""");
        Assert.Equal("""{"success":true,"message":"Removed failure declaration for web","declarations":[]}""", WithoutDetails(removed));
        Assert.Equal("{}\n", await TextAsync(server));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("{}", "Missing failure_string in request body")]
    [InlineData(null, "Missing failure_string in request body")]
    [InlineData("""{"failure_string": null}""", "Missing failure_string in request body")]
    [InlineData("""{"failure_string": " "}""", "failure_string cannot be empty")]
    [InlineData("""{"failure_string": 3}""", "The body does not have the expected form at $.failure_string")]
    [InlineData("no json", "The body is not the JSON that is expected here")]
    public async Task A_body_that_says_nothing_useful_is_refused_by_both(string? body, string reason)
    {
        await using var server = await StartAsync();

        foreach (var route in new[] { "add", "remove" })
            Assert.Equal(reason, (await server.PostAsync($"{Web}/{route}", body)).ErrorOf(HttpStatusCode.BadRequest));
        Assert.False(File.Exists(server.Project.Folder.Declarations));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("""{"failure_string": "x", "action": "dance"}""", "action: expected restart, stop or notify")]
    [InlineData("""{"failure_string": "(", "regex": true}""", "failure_string: not a .NET regular expression: ")]
    [InlineData("""{"failure_string": "x", "regex": "yes"}""", "The body does not have the expected form at $.regex")]
    public async Task A_declaration_that_cannot_be_used_is_refused(string body, string reason)
    {
        await using var server = await StartAsync();

        Assert.StartsWith(reason, (await server.PostAsync($"{Web}/add", body)).ErrorOf(HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Actions_and_expressions_are_kept_and_told()
    {
        await using var server = await StartAsync();

        await server.PostAsync($"{Web}/add", """{"failure_string": "^panic", "action": "stop", "regex": true}""");
        var answer = await server.PostAsync($"{Web}/add", """{"failure_string": "^panic"}""");

        Assert.Equal(
            """[{"pattern":"^panic","action":"stop","regex":true},{"pattern":"^panic","action":null,"regex":false}]""",
            answer["details"].GetRawText());
        Assert.Equal(
            """["^panic"]""",
            (await server.PostAsync($"{Web}/remove", """{"failure_string": "^panic", "regex": true}"""))["declarations"].GetRawText());
    }

    [Fact(Timeout = Timeout)]
    public async Task A_file_that_must_be_mended_first_is_a_conflict_and_stays_as_it_is()
    {
        await using var server = await StartAsync();
        await File.WriteAllTextAsync(server.Project.Folder.Declarations, "{\"web\": [5]}", TestContext.Current.CancellationToken);

        const string Reason = "failure_declarations.json line 1: web[0]: expected a text or an object with \"pattern\", found a number";
        Assert.Equal(Reason, (await server.GetJsonAsync(Web)).ErrorOf(HttpStatusCode.Conflict));
        foreach (var route in new[] { "add", "remove" })
            Assert.Equal(
                $"Fix the file first:\n{Reason}",
                (await server.PostAsync($"{Web}/{route}", """{"failure_string": "x"}""")).ErrorOf(HttpStatusCode.Conflict));
        Assert.Equal("{\"web\": [5]}", await TextAsync(server));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("a\\nb")]
    [InlineData("a\\u0000b")]
    public async Task A_pattern_that_no_line_can_hold_is_refused(string pattern)
    {
        await using var server = await StartAsync();

        foreach (var regex in new[] { "true", "false" })
            Assert.Contains(
                "never match",
                (await server.PostAsync($"{Web}/add", $$"""{"failure_string": "{{pattern}}", "regex": {{regex}}}""")).ErrorOf(HttpStatusCode.BadRequest),
                StringComparison.Ordinal);
        Assert.False(File.Exists(server.Project.Folder.Declarations));
    }

    [Fact(Timeout = Timeout)]
    public async Task Declarations_of_an_unknown_process_are_not_found_but_what_is_left_of_one_can_be_removed()
    {
        await using var server = await StartAsync();
        await File.WriteAllTextAsync(server.Project.Folder.Declarations, """{"gone": ["panic"]}""", TestContext.Current.CancellationToken);

        const string Unknown = "/api/failure-declarations/nosuch";
        foreach (var answer in new[]
        {
            await server.GetJsonAsync(Unknown), await server.PostAsync($"{Unknown}/add", """{"failure_string": "x"}"""),
            await server.PostAsync($"{Unknown}/remove", """{"failure_string": "x"}"""),
            await server.PostAsync("/api/failure-declarations/gone/add", """{"failure_string": "x"}"""),
        })
            Assert.Contains("(known: web)", answer.ErrorOf(HttpStatusCode.NotFound), StringComparison.Ordinal);

        Assert.Equal("""["panic"]""", (await server.GetJsonAsync("/api/failure-declarations/gone"))["declarations"].GetRawText());
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync("/api/failure-declarations/gone/remove", """{"failure_string": "panic"}""")).Status);
        Assert.Equal("{}\n", await TextAsync(server));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_preview_shows_how_often_a_declaration_would_have_matched()
    {
        await using var server = await StartAsync();
        server.Project.Append("web", "error 1", "fine", "ERROR 2");

        var text = await server.GetJsonAsync($"{Web}/preview?pattern=error");
        Assert.Equal((2, 3, true), (text["matches"].GetInt32(), text["looked"].GetInt32(), text["complete"].GetBoolean()));
        Assert.Equal(["ERROR 2", "error 1"], text["examples"].EnumerateArray().Select(e => e.GetProperty("text").GetString()));
        Assert.Equal(1, (await server.GetJsonAsync($"{Web}/preview?pattern={Uri.EscapeDataString(@"error [2-9]")}&regex=true"))["matches"].GetInt32());
    }

    [Theory(Timeout = Timeout)]
    [InlineData("", HttpStatusCode.BadRequest, "Missing pattern in the query")]
    [InlineData("?pattern=", HttpStatusCode.BadRequest, "pattern: the pattern is empty")]
    [InlineData("?pattern=(&regex=1", HttpStatusCode.BadRequest, "pattern: not a .NET regular expression: ")]
    [InlineData("?pattern=x&regex=maybe", HttpStatusCode.BadRequest, "regex: expected true or false")]
    public async Task A_preview_of_nothing_useful_is_refused(string query, HttpStatusCode status, string reason)
    {
        await using var server = await StartAsync();

        Assert.StartsWith(reason, (await server.GetJsonAsync($"{Web}/preview{query}")).ErrorOf(status), StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Hits_are_listed_newest_first()
    {
        await using var server = await StartAsync();
        server.Project.Append("web", "boom");
        using (var connection = server.Project.Owner.OpenConnection())
        {
            using var command = connection.CreateCommand();
            command.CommandText =
                """
                INSERT INTO failure_hits(process_id, run_id, line_id, pattern, text, time, action, outcome)
                VALUES (1, 3, 1, 'boom', 'boom', 1700000000.5, 'restart', 'restarted'), (1, 4, NULL, 'x', 'x', 1700000001.0, 'stop', 'stopped')
                """;
            command.ExecuteNonQuery();
        }

        var hits = (await server.GetJsonAsync($"{Web}/hits"))["hits"];

        Assert.Equal(
            """
            [{"id":2,"run_id":4,"line_id":null,"pattern":"x","text":"x","time":1700000001,"action":"stop","outcome":"stopped"},
            """.TrimEnd() + """{"id":1,"run_id":3,"line_id":1,"pattern":"boom","text":"boom","time":1700000000.5,"action":"restart","outcome":"restarted"}]""",
            hits.GetRawText());
    }

    [Theory(Timeout = Timeout)]
    [InlineData("hits")]
    [InlineData("preview?pattern=x")]
    public async Task The_history_of_an_unknown_process_is_not_found(string route)
    {
        await using var server = await StartAsync();

        var answer = await server.GetJsonAsync($"/api/failure-declarations/nope/{route}");

        Assert.StartsWith("Unknown process: nope", answer.ErrorOf(HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Without_a_database_declarations_can_be_changed_all_the_same()
    {
        await using var server = await RunningServer.StartAsync(new StoredProject().WithProcfile("web: true\n"));

        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync($"{Web}/add", """{"failure_string": "x"}""")).Status);
        Assert.Equal("""["x"]""", (await server.GetJsonAsync(Web))["declarations"].GetRawText());
        Assert.Contains("no database yet", (await server.GetJsonAsync($"{Web}/hits")).ErrorOf(HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
    }

    private static Task<RunningServer> StartAsync() =>
        RunningServer.StartAsync(new StoredProject().WithDatabase().WithProcess("web").WithLivingDaemon());

    private static Task<string> TextAsync(RunningServer server) =>
        File.ReadAllTextAsync(server.Project.Folder.Declarations, TestContext.Current.CancellationToken);

    // What the contract has; ours may say more.
    private static string WithoutDetails(ApiAnswer answer) =>
        JsonSerializer.Serialize(answer.Body.EnumerateObject().Where(p => p.Name != "details").ToDictionary(p => p.Name, p => p.Value));
}
