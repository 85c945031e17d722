using System.Text;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Project.Settings;

namespace OvermindGui.Core.Tests.Project.Settings;

public class SideFileApplyingTests
{
    private static readonly PlannedProcess Web = new()
    {
        Name = "web#2",
        Entry = "web",
        Line = 1,
        Command = "run",
        WorkingDirectory = "/app",
        Port = 5000,
        Environment = new Dictionary<string, PlannedVariable>
        {
            ["PORT"] = new("5000", SourceLocation.Of("Overmind GUI")),
            ["MODE"] = new("plain", new SourceLocation(".env", 1)),
        },
        Restart = RestartRule.Always,
        StopTimeout = TimeSpan.FromSeconds(7),
        StopAllOnExit = true,
    };

    [Fact]
    public void What_is_not_said_stays() => Assert.Equal(Web, Apply("processes: {other: {group: x}}"));

    [Fact]
    public void What_is_said_beats_what_was_planned()
    {
        var web = Apply("""
            processes:
              web:
                restart: no
                stop_signal: QUIT
                pty: true
                cwd: front
                group: pages
                env: {MODE: fancy, NEW: 1}
            """);
        Assert.Equal(
            (RestartRule.Never, StopSignal.Quit, true, "/app/front", "pages"), (web.Restart, web.StopSignal, web.Pty, web.WorkingDirectory, web.Group));
        Assert.Equal(new PlannedVariable("fancy", new SourceLocation("overmind-gui.yaml", 8)), web.Environment["MODE"]);
        Assert.Equal("1", web.Environment["NEW"].Value);
        Assert.Equal((TimeSpan.FromSeconds(7), true), (web.StopTimeout, web.StopAllOnExit));
    }

    [Fact]
    public void A_list_waits_for_what_each_process_is_for() => Assert.Equal(
        [new("db", DependencyCondition.Ready), new("migrate", DependencyCondition.Completed)],
        Apply("processes: {web: {depends_on: [db, migrate]}, migrate: {one_shot: true}}").DependsOn);

    [Fact]
    public void A_map_waits_for_what_it_says() => Assert.Equal(
        [new("migrate", DependencyCondition.Started)],
        Apply("processes: {web: {depends_on: {migrate: started}}, migrate: {one_shot: true}}").DependsOn);

    [Fact]
    public void The_end_of_a_one_shot_ends_no_other()
    {
        var web = Apply("processes: {web: {one_shot: true}}");
        Assert.Equal((true, false), (web.OneShot, web.StopAllOnExit));
    }

    [Theory]
    [InlineData("tcp: 5432", "localhost", 5432)]
    [InlineData("tcp: db.local:5432", "db.local", 5432)]
    [InlineData("tcp: '[::1]:80'", "::1", 80)]
    [InlineData("tcp: my_db:80", "my_db", 80)]
    [InlineData("tcp: $PORT", "localhost", 5000)]
    [InlineData("tcp: '${DB_HOST}:$DB_PORT'", "inherited.test", 99)]
    public void A_port_or_an_address_is_asked_with_its_variables_filled_in(string ready, string host, int port)
    {
        var check = Assert.IsType<TcpReady>(Apply($"processes: {{web: {{ready: {{{ready}}}, env: {{DB_PORT: 99}}}}}}").Ready);
        Assert.Equal((host, port), (check.Host, check.Port));
    }

    [Theory]
    [InlineData("auto", null)]
    [InlineData("3000", 3000)]
    [InlineData("$PORT", 5000)]
    public void Its_own_port_is_looked_for(string written, int? port) =>
        Assert.Equal(port, Assert.IsType<PortReady>(Apply($"processes: {{web: {{ready: {{port: {written}}}}}}}").Ready).Port);

    [Theory]
    [InlineData("/health", "http://localhost:5000/health")]
    [InlineData("http://127.0.0.1:$PORT/x?y=$", "http://127.0.0.1:5000/x?y=$")]
    [InlineData("https://example.test", "https://example.test/")]
    public void A_URL_or_a_path_at_the_own_port_is_asked(string written, string url) => Assert.Equal(
        url, Assert.IsType<HttpReady>(Apply($"processes: {{web: {{ready: {{http: \"{written}\"}}}}}}").Ready).Url.ToString());

    [Fact]
    public void Expressions_and_commands_keep_their_dollars()
    {
        Assert.Equal(
            new LineReady("^up$", TimeSpan.FromSeconds(9)), Apply("processes: {web: {ready: {log: ^up$, timeout: 9}}}").Ready);
        Assert.Equal(
            new CommandReady("nc -z localhost $PORT", TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1)),
            Apply("processes: {web: {ready: {command: nc -z localhost $PORT, interval: 2s}}}").Ready);
    }

    [Theory]
    [InlineData("tcp: $NOPE", "web.ready.tcp: expected variables that the process has; it has no NOPE, found \"$NOPE\"")]
    [InlineData("http: $MODE/health", "web.ready.http: expected a URL such as http://localhost:3000/health, or a path such as /health, found \"$MODE/health\"")]
    [InlineData("tcp: $MODE", "web.ready.tcp: expected a port from 1 to 65535, or host:port, found \"$MODE\"")]
    public void What_its_variables_do_not_make_sense_of_is_reported_once(string ready, string message)
    {
        var file = ProjectSettingsFile.Parse(Encoding.UTF8.GetBytes($"processes: {{web: {{ready: {{{ready}}}}}}}"));
        Assert.Empty(file.Problems);
        var problems = new List<Problem>();
        Assert.Null(file.ApplyReadyTo(Web, _ => null, problems).Ready);
        file.ApplyReadyTo(Web with { Name = "web#3" }, _ => null, problems);
        Assert.Equal(message, Assert.Single(problems).Message);
    }

    private static PlannedProcess Apply(string yaml)
    {
        var file = ProjectSettingsFile.Parse(Encoding.UTF8.GetBytes(yaml));
        Assert.Empty(file.Problems);
        var problems = new List<Problem>();
        var applied = file.ApplyReadyTo(file.ApplyTo(Web, "/app"), name => name == "DB_HOST" ? "inherited.test" : null, problems);
        Assert.Empty(problems);
        return applied;
    }
}
