using System.Net;
using Microsoft.Extensions.Time.Testing;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Tests.Http;

public sealed class RefusalLogTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingLogger _logger = new();
    private readonly RefusalLog _log;

    public RefusalLogTests() => _log = new RefusalLog(_logger, _time);

    [Fact]
    public void A_thousand_refusals_are_ten_lines_and_a_sum()
    {
        for (var i = 0; i < 1_000; i++) _log.Add("GET", IPAddress.Loopback, "foreign Host header");
        Assert.Equal(RefusalLog.MostLines, _logger.Lines.Count);
        Assert.Equal("Refused a request (GET) from 127.0.0.1: foreign Host header", _logger.Lines[0]);

        _time.Advance(RefusalLog.Window);
        Assert.Equal("Refused 990 more requests within a minute: foreign Host header", _logger.Lines[^1]);
        Assert.Equal(RefusalLog.MostLines + 1, _logger.Lines.Count);
    }

    [Fact]
    public void Each_reason_and_each_minute_has_its_own_lines()
    {
        for (var i = 0; i < 20; i++) _log.Add("GET", IPAddress.Loopback, "foreign Host header");
        _log.Add("POST", IPAddress.Loopback, "foreign Origin header");
        Assert.Contains("Refused a request (POST) from 127.0.0.1: foreign Origin header", _logger.Lines);
        _time.Advance(RefusalLog.Window);
        _log.Add("GET", IPAddress.Loopback, "foreign Host header");
        Assert.Equal("Refused a request (GET) from 127.0.0.1: foreign Host header", _logger.Lines[^1]);
    }

    [Fact]
    public void A_few_refusals_have_no_sum()
    {
        _log.Add("GET", IPAddress.Loopback, "foreign Host header");
        _time.Advance(RefusalLog.Window);
        Assert.Single(_logger.Lines);
    }

    public void Dispose() => _log.Dispose();

    private sealed class RecordingLogger : ILogger<RefusalLog>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
