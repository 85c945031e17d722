using OvermindGui.Core.Project.Environments;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Tests.Project.Environments;

public class SecretValuesTests
{
    private readonly SecretValues _secrets = new(new Dictionary<string, PlannedVariable>
    {
        ["API_KEY"] = new("sesame", ""),
        ["SHORT_KEY"] = new("abc", ""),
        ["COLOR"] = new("red", ""),
    });

    [Theory]
    [InlineData("API_KEY", "sesame", true)]
    [InlineData("SHORT_KEY", "abc", true)]
    [InlineData("URL", "http://host/?key=sesame", true)] // put together from one
    [InlineData("ALPHABET", "abcdef", false)] // too short to tell
    [InlineData("COLOR", "red", false)]
    public void A_value_is_secret_by_its_name_and_by_what_is_in_it(string name, string value, bool secret) =>
        Assert.Equal(secret, _secrets.Has(name, value));

    [Fact]
    public void A_text_is_told_without_them() => Assert.Equal("http://host/?key=•••&c=red", _secrets.Hide("http://host/?key=sesame&c=red"));
}
