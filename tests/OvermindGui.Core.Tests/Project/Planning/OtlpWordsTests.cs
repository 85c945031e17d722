using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Project.Settings;

namespace OvermindGui.Core.Tests.Project.Planning;

/// <summary>How an engine for logs is named, and what is refused where others can read it.</summary>
public sealed class OtlpWordsTests
{
    [Theory]
    [InlineData("http://localhost:4318", "http://localhost:4318/v1/logs")]
    [InlineData("http://loki:3100/otlp/", "http://loki:3100/otlp/v1/logs")]
    [InlineData("https://logs.example/v1/logs", "https://logs.example/v1/logs")]
    [InlineData("http://victoria:9428/insert/opentelemetry?_stream_fields=service.name", "http://victoria:9428/insert/opentelemetry/v1/logs?_stream_fields=service.name")]
    public void The_prescribed_path_is_added_unless_it_is_there(string given, string address) =>
        Assert.Equal(address, OtlpEndpoint.Parse(given, isPublic: true, out _)?.Address.ToString());

    [Theory]
    [InlineData("localhost:4318", "expected a URL")]
    [InlineData("ftp://logs.example", "expected a URL")]
    [InlineData("https://user:hunter2hunter2@logs.example", "give the header Authorization")]
    [InlineData("https://logs.example/?api_key=hunter2hunter2", "no secret here")]
    public void What_is_no_address_is_refused_without_repeating_it(string given, string words)
    {
        Assert.Null(OtlpEndpoint.Parse(given, isPublic: true, out var problem));
        Assert.Contains(words, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void People_see_no_query() =>
        Assert.Equal("https://logs.example/v1/logs", OtlpEndpoint.Parse("https://logs.example/?api_key=hunter2hunter2", isPublic: false, out _)?.ToString());

    [Fact]
    public void Headers_are_read_as_OpenTelemetry_writes_them()
    {
        var headers = OtlpHeader.Parse("Authorization=Bearer ${TOKEN}, X-Scope-OrgID=a%2Cb,stream=x=y", isPublic: true, out _);
        Assert.Equal([("Authorization", "Bearer ${TOKEN}"), ("X-Scope-OrgID", "a,b"), ("stream", "x=y")], headers!.Select(h => (h.Name, h.Value)));
        Assert.DoesNotContain("TOKEN", headers![0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Authorization", "expected NAME=VALUE")]
    [InlineData("Authorization=Bearer hunter2hunter2", "others can read it here")]
    [InlineData("X-Seq-ApiKey=hunter2hunter2", "others can read it here")]
    [InlineData("Content-Type=text/plain", "the sender's own")]
    [InlineData("X Y=1", "no name of a header")]
    [InlineData("A=hunter2%0Ahunter2", "characters that a header cannot hold")]
    public void Headers_that_cannot_be_meant_are_refused_without_repeating_them(string given, string words)
    {
        Assert.Null(OtlpHeader.Parse(given, isPublic: true, out var problem));
        Assert.Contains(words, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_may_hold_the_secret_itself() => Assert.Single(OtlpHeader.Parse("Authorization=Bearer hunter2hunter2", isPublic: false, out _)!);

    [Fact]
    public void The_settings_file_is_checked_in_the_same_way()
    {
        var file = ProjectSettingsFile.Parse("otlp: nowhere\notlp_headers: {Authorization: Bearer hunter2hunter2}\notlp_compression: zip\n"u8.ToArray());
        Assert.Equal(
            [
                "overmind-gui.yaml line 1, column 7: otlp: expected a URL of http or https, such as http://localhost:4318",
                "overmind-gui.yaml line 2, column 16: otlp_headers: the value of Authorization is secret, and others can read it here: write a variable such as ${OTLP_TOKEN}",
                "overmind-gui.yaml line 3, column 19: otlp_compression: expected gzip or none, found \"zip\"",
            ],
            file.Problems.Select(p => p.ToString()));
    }
}
