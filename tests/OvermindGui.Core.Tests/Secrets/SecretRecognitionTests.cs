using OvermindGui.Core.Secrets;

namespace OvermindGui.Core.Tests.Secrets;

/// <summary>The figures that SECURITY.md and docs/agents.md state.</summary>
public class SecretRecognitionTests
{
    private const double MostHiddenForNothing = 0.05;

    [Fact]
    public void Every_secret_variable_is_hidden()
    {
        Assert.InRange(Samples.SecretVariables.Length, 50, 100);
        Assert.All(Samples.SecretVariables, line => Assert.True(IsHidden(line), line));
    }

    [Fact]
    public void Hardly_a_harmless_variable_is_hidden()
    {
        Assert.InRange(Samples.HarmlessVariables.Length, 50, 100);
        AssertFew(Samples.HarmlessVariables, IsHidden);
    }

    [Fact]
    public void Every_token_in_the_output_is_redacted()
    {
        Assert.InRange(Samples.Tokens.Length, 60, 100);
        Assert.All(Samples.Tokens, line => Assert.True(SecretText.HoldsSecret(line), line));
    }

    [Fact]
    public void Hardly_a_look_alike_in_the_output_is_redacted()
    {
        Assert.InRange(Samples.LookAlikes.Length, 60, 100);
        AssertFew(Samples.LookAlikes, SecretText.HoldsSecret);
    }

    [Theory]
    [InlineData("KEYBOARD", "MONKEY", "PATH", "PINNED", "PWD", "OLDPWD", "SSH_AUTH_SOCK", "SSH_PUBLIC_KEY", "VAPID_PUBLIC_KEY")]
    public void Well_known_names_stay_visible(params string[] names) =>
        Assert.All(names, name => Assert.False(SecretNames.LooksSecret(name, "some value"), name));

    [Theory]
    [InlineData("DB_PASS", "JWT", "GITHUB_PAT", "SLACK_WEBHOOK_URL", "MYSQL_PWD", "SMTP_PW", "LOGIN_OTP", "CARD_PIN", "SESSION_COOKIE", "HASH_SALT", "API_KEY")]
    [InlineData("ACCESS_TOKEN", "CLIENT_SECRET", "AWS_CREDENTIALS", "BASIC_AUTH", "SENTRY_DSN", "dbPass", "db-pass", "Smtp.Password", "apiKey", "PGPASSWORD")]
    public void A_segment_of_the_name_is_enough(params string[] names) =>
        Assert.All(names, name => Assert.True(SecretNames.LooksSecret(name, "some value"), name));

    [Theory]
    [InlineData("postgres://shop:hunter2@db:5432/shop failed", "postgres://shop:[redacted]@db:5432/shop failed")]
    [InlineData("user=ada password=hunter2 host=db", "user=ada password=[redacted] host=db")]
    [InlineData("""{"user":"ada","password":"hunter \"2\"","id":1}""", """{"user":"ada","password":"[redacted]","id":1}""")]
    [InlineData("Authorization: Bearer abcdef0123456789", "Authorization: Bearer [redacted]")]
    [InlineData("a=b=token=abc123def", "a=b=token=[redacted]")]
    [InlineData("password=a=b=c next", "password=[redacted] next")]
    [InlineData("GET /?token=abc123def&page=2", "GET /?token=[redacted]&page=2")]
    public void What_is_around_a_secret_stays(string line, string redacted) => Assert.Equal(redacted, SecretText.Redact(line));

    [Fact]
    public void Redacting_twice_changes_nothing()
    {
        foreach (var line in Samples.Tokens)
            Assert.Equal(SecretText.Redact(line), SecretText.Redact(SecretText.Redact(line)));
    }

    [Fact(Timeout = 120_000)] // with a step that goes over the rest of the line again, each would take many minutes
    public async Task The_time_for_a_line_grows_with_its_length_alone() => await Task.Run(() =>
    {
        string[] hostile =
        [
            new('a', 100_000), string.Concat(Enumerable.Repeat("a=", 50_000)), string.Concat(Enumerable.Repeat("a:", 50_000)),
            string.Concat(Enumerable.Repeat("token=", 20_000)), string.Concat(Enumerable.Repeat("a://b:", 20_000)), "password=\"" + new string('\\', 100_000),
        ];
        foreach (var line in hostile) Assert.NotEmpty(SecretText.Redact(line));
    }, TestContext.Current.CancellationToken);

    private static void AssertFew(string[] samples, Func<string, bool> isHidden)
    {
        var hidden = samples.Where(isHidden).ToArray();
        Assert.True(hidden.Length <= samples.Length * MostHiddenForNothing, string.Join('\n', hidden));
    }

    private static bool IsHidden(string line) => SecretNames.LooksSecret(line[..line.IndexOf('=')], line[(line.IndexOf('=') + 1)..]);
}
