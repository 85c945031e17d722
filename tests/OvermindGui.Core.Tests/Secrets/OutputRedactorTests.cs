using OvermindGui.Core.Secrets;

namespace OvermindGui.Core.Tests.Secrets;

public class OutputRedactorTests
{
    private readonly OutputRedactor _redactor = new(["s3same-open", "postgres", "root"]);

    [Theory]
    [InlineData("the answer is s3same-open!", "the answer is [redacted]!")]
    [InlineData("postgres is ready, uid=0 (root)", "postgres is ready, uid=0 (root)")] // words, although they are passwords too
    [InlineData("user=ada password=hunter2", "user=ada password=[redacted]")]
    public void Values_of_the_project_and_what_looks_secret_are_hidden(string line, string redacted) =>
        Assert.Equal(redacted, _redactor.Redact("web", line));

    [Fact]
    public void A_private_key_is_hidden_to_its_end_and_only_in_the_process_that_prints_it()
    {
        string[] lines = ["-----BEGIN RSA PRIVATE KEY-----", "Proc-Type: 4,ENCRYPTED", "short", "-----END RSA PRIVATE KEY-----", "done"];
        Assert.Equal("-----BEGIN RSA PRIVATE KEY-----", _redactor.Redact("web", lines[0]));
        Assert.Equal("short", _redactor.Redact("worker", "short"));
        Assert.Equal(["[redacted]", "[redacted]", "[redacted]", "done"], lines[1..].Select(line => _redactor.Redact("web", line)));
    }
}
