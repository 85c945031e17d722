using System.Text.RegularExpressions;
using CsCheck;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Tests.Contracts;

public sealed class RequiredLiteralTests
{
    [Theory]
    [InlineData("timeout", "timeout")]
    [InlineData("^ERROR: .* failed$", "ERROR: ")]
    [InlineData("time(out|d out) after", " after")]
    [InlineData("(connection) refused", "connection")]
    [InlineData("(?:refused)? by peer", " by peer")]
    [InlineData("(?<what>refused) it", "refused")]
    [InlineData("ab+c", "ab")]
    [InlineData("abc*d", "ab")]
    [InlineData("abc{2,3}d", "ab")]
    [InlineData(@"a\.b\[c\]", "a.b[c]")]
    [InlineData(@"\d+ms took", "ms took")]
    [InlineData(@"[a-z\]]+ends", "ends")]
    [InlineData("[]x]abc", "abc")]
    [InlineData("a|b", null)]
    [InlineData("(?i)error", null)]
    [InlineData("(?=error)", null)]
    [InlineData("(?!error)x", null)]
    [InlineData("[a-z-[aeiou]]abc", null)]
    [InlineData(@"\1abc", null)]
    [InlineData(@"\x41bc", null)]
    [InlineData(".*", null)]
    [InlineData("", null)]
    [InlineData("(abc", null)]
    [InlineData("abc)", null)]
    [InlineData("é", null)]
    [InlineData("café au lait", " au lait")]
    public void The_longest_certain_text_is_found(string expression, string? literal) => Assert.Equal(literal, RequiredLiteral.Find(expression));

    [Fact]
    public void Every_match_contains_it()
    {
        var atom = Gen.OneOf("a", "b", "ab", "ba", ".", "[ab]", "[^a]", @"\w", @"\.", "(ab)", "(a|b)", "(?:b|)", "(?<n>ba)", "a|b", "^", "$", @"\b");
        var quantified = Gen.Select(atom, Gen.OneOf("", "", "", "?", "*", "+", "{2}", "{0,1}", "+?"), (text, count) => text + count);
        var line = Gen.OneOf("a", "b", "c", ".", " ").Array[0, 12].Select(string.Concat);
        Gen.Select(quantified.Array[1, 6].Select(string.Concat), line).Sample((expression, text) =>
        {
            Regex regex;
            try
            {
                regex = new Regex(expression, RegexOptions.CultureInvariant);
            }
            catch (RegexParseException)
            {
                return; // two quantifiers in a row
            }

            if (RequiredLiteral.Find(expression) is { } literal && regex.IsMatch(text)) Assert.Contains(literal, text, StringComparison.Ordinal);
        }, iter: 50_000);
    }
}
