using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Application;

public sealed class AgentLogTests : IDisposable
{
    private readonly TempProject _project = new TempProject().WithDatabase();
    private readonly AgentLog _log;

    public AgentLogTests() => _log = new AgentLog(_project.Client, TimeProvider.System);

    [Fact]
    public void A_client_is_there_from_its_first_call_until_it_disconnects()
    {
        var client = new AgentConnection("1", "codex", "stdio", AgentTier.Control, ProcessIdentity.Own);
        _log.Connect(client);
        _log.Record(client, "restart", "web", "ok", 120);
        _log.Record(client, "stop", "web", "not_allowed", 80);

        var activity = _log.Read(10);
        var seen = Assert.Single(activity.Clients);
        Assert.Equal(("codex", "stdio", "control", true, 2), (seen.Name, seen.Transport, seen.Allowed, seen.IsConnected, seen.Calls));
        Assert.Equal(["stop", "restart"], activity.Calls.Select(c => c.Tool));

        _log.Disconnect(client);
        Assert.False(_log.Read(1).Clients[0].IsConnected);
    }

    [Fact]
    public void A_client_whose_process_was_killed_is_no_longer_connected()
    {
        var gone = ProcessIdentity.Own is { } own ? own[..own.LastIndexOf('/')] + "/1" : null; // the PID, with another start
        _log.Connect(new AgentConnection("1", "codex", "stdio", AgentTier.Read, gone));
        Assert.Equal(gone is null, _log.Read(1).Clients[0].IsConnected);
    }

    [Fact]
    public void A_process_of_another_container_counts_by_its_last_call()
    {
        _log.Connect(new AgentConnection("1", "codex", "stdio", AgentTier.Read, "pid:[1]/1/1"));
        Assert.True(_log.Read(1).Clients[0].IsConnected);
    }

    [Fact]
    public void Only_the_newest_calls_are_kept_and_what_a_client_says_is_cut()
    {
        var client = new AgentConnection("1", new string('n', 1_000) + "\u001b[31m", "http", AgentTier.Read, null);
        for (var i = 0; i < 1_010; i++) _log.Record(client, "status", new string('s', 500), "ok", 1);
        var activity = _log.Read(5_000);
        Assert.InRange(activity.Calls.Count, 1_000, 1_001);
        Assert.Equal(200, activity.Calls[0].Subject!.Length);
        Assert.Equal(new string('n', 200), activity.Clients[0].Name);
    }

    [Fact]
    public void Without_a_database_nothing_is_recorded_and_nothing_fails()
    {
        using var other = new TempProject();
        var log = new AgentLog(other.Client, TimeProvider.System);
        log.Record(new AgentConnection("1", "codex", "http", AgentTier.Read, null), "status", null, "ok", 1);
        Assert.Empty(log.Read(10).Clients);
    }

    public void Dispose() => _project.Dispose();
}
