using System.Text;
using OvermindGui.Core.Project.Environments;

namespace OvermindGui.Core.Tests.Project.Environments;

/// <summary><c>${name:-default}</c> and its kin.</summary>
public class DefaultValueTests
{
    [Theory]
    [InlineData("${NONE:-default}", "default")]
    [InlineData("${NONE-default}", "default")]
    [InlineData("${EMPTY:-default}", "default")]
    [InlineData("${EMPTY-default}", "")]
    [InlineData("${SET:-default}", "value")]
    [InlineData("${SET-default}", "value")]
    [InlineData("${NONE:-}", "")]
    [InlineData("${lower:-default}", "default")]
    [InlineData("http://${NONE:-localhost}:${NONE:-80}/", "http://localhost:80/")]
    [InlineData("${NONE:-${SET}}", "value")]
    [InlineData("${NONE:-${EMPTY:-${NONE:-deep}}}/x", "deep/x")]
    [InlineData("${NONE:-a$SET}", "avalue")]
    [InlineData("\\${NONE:-default}", "${NONE:-default}")]
    [InlineData("${NONE:-never closed", "${NONE:-never closed")]
    [InlineData("${NONE:?message}", "${NONE:?message}")]
    [InlineData("${lower}", "${lower}")]
    [InlineData("$ and $$SET", "$ and $value")]
    [InlineData("${", "${")]
    [InlineData("${}", "${}")]
    public void A_default_stands_in_in_double_quotes_and_without_quotes(string written, string value)
    {
        Assert.Equal(value, Read(written));
        Assert.Equal(value, Read($"\"{written}\""));
    }

    [Fact]
    public void Single_quotes_expand_nothing() => Assert.Equal("${NONE:-default}", Read("'${NONE:-default}'"));

    [Fact]
    public void A_default_in_a_default_has_an_end() =>
        Assert.Contains("${", Read(string.Concat(Enumerable.Repeat("${NONE:-", 1_000)) + "x" + new string('}', 1_000)), StringComparison.Ordinal);

    private static string Read(string written) => Assert.Single(
        EnvironmentFile.Parse(".env", Encoding.UTF8.GetBytes($"X={written}\n"), Inherited).Assignments).Value;

    private static string? Inherited(string name) => name switch { "SET" => "value", "EMPTY" => "", _ => null };
}
