using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Environments;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Tests.Project.Environments;

public class SecretValuesTests
{
    private readonly SecretValues _secrets = new(new Dictionary<string, PlannedVariable>
    {
        ["API_KEY"] = new("sesame", SourceLocation.Of("test")),
        ["SHORT_KEY"] = new("abc", SourceLocation.Of("test")),
        ["COLOR"] = new("red", SourceLocation.Of("test")),
        ["MYSQL_PWD"] = new("root", SourceLocation.Of("test")),
        ["APP_TOKEN"] = new("0123456789", SourceLocation.Of("test")),
    });

    [Theory]
    [InlineData("API_KEY", "sesame", true)]
    [InlineData("SHORT_KEY", "abc", true)]
    [InlineData("URL", "http://host/?key=sesame", true)] // put together from one
    [InlineData("ALPHABET", "abcdef", false)] // too short
    [InlineData("HOME", "/root", false)]
    [InlineData("DB_USER", "root", false)]
    [InlineData("DSN_TEXT", "mysql://app:root@db/shop", true)]
    [InlineData("CONNECTION", "host=db;secret=root;user=app", true)]
    [InlineData("LINE", "x0123456789y", true)]
    [InlineData("COLOR", "red", false)]
    public void A_value_is_secret_by_its_name_and_by_what_is_in_it(string name, string value, bool secret) =>
        Assert.Equal(secret, _secrets.Has(name, value));

    [Fact]
    public void A_text_is_shown_without_them() => Assert.Equal("http://host/?key=•••&c=red", _secrets.Hide("http://host/?key=sesame&c=red"));
}
