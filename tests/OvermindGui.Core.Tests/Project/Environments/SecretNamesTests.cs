using OvermindGui.Core.Project.Environments;

namespace OvermindGui.Core.Tests.Project.Environments;

public class SecretNamesTests
{
    [Theory]
    [InlineData("SECRET_KEY_BASE")]
    [InlineData("GITHUB_TOKEN")]
    [InlineData("PGPASSWORD")]
    [InlineData("MYSQL_PASSWD")]
    [InlineData("api_key")]
    [InlineData("GOOGLE_APPLICATION_CREDENTIALS")]
    [InlineData("BASIC_AUTH")]
    [InlineData("PRIVATE_PEM")]
    [InlineData("SENTRY_DSN")]
    public void A_name_that_speaks_of_a_secret_hides_its_value(string name) => Assert.True(SecretNames.LooksSecret(name));

    [Theory]
    [InlineData("RAILS_ENV")]
    [InlineData("PORT")]
    [InlineData("DATABASE_URL")]
    public void Other_names_do_not(string name) => Assert.False(SecretNames.LooksSecret(name));

    [Theory]
    [InlineData("postgres://user:pass@localhost/db", true)]
    [InlineData("redis://:pass@localhost", true)]
    [InlineData("postgres://localhost:5432/db", false)]
    [InlineData("https://user@host/", false)]
    [InlineData("me@example.org: hello", false)]
    public void A_value_with_credentials_is_hidden_whatever_its_name(string value, bool isSecret) =>
        Assert.Equal(isSecret, SecretNames.LooksSecret("DATABASE_URL", value));
}
