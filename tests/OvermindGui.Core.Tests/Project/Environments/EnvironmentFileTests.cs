using System.Text;
using CsCheck;
using OvermindGui.Core.Project.Environments;

namespace OvermindGui.Core.Tests.Project.Environments;

public class EnvironmentFileTests
{
    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("export A=1", "1")]
    [InlineData("  A = 1  ", "1")]
    [InlineData("A=one two # comment", "one two")]
    [InlineData("A=one#two", "one#two")]
    [InlineData("A=#one", "#one")]
    [InlineData("A=", "")]
    [InlineData("A=it's \"so\"", "it's \"so\"")]
    [InlineData(@"A=C:\new", @"C:\new")]
    public void An_unquoted_value_ends_with_its_line_or_comment(string line, string value) => Assert.Equal(value, Value(line));

    [Theory]
    [InlineData("A='$HOME'", "$HOME")]
    [InlineData(@"A='a\nb'", @"a\nb")]
    [InlineData("A='one\ntwo'", "one\ntwo")]
    [InlineData("A='one\r\ntwo'", "one\ntwo")]
    [InlineData("A='# no comment' # comment", "# no comment")]
    public void A_value_in_single_quotes_is_literal_and_may_span_lines(string line, string value) => Assert.Equal(value, Value(line));

    [Theory]
    [InlineData(@"A=""a\nb\rc""", "a\nb\rc")]
    [InlineData(@"A=""\a\t\\\""""", @"at\""")]
    [InlineData("A=\"one\ntwo\"", "one\ntwo")]
    [InlineData("A=\"x $HOME ${HOME}y\"", "x /home/me /home/mey")]
    [InlineData("A=\"\\$HOME\"", "$HOME")]
    public void A_value_in_double_quotes_has_escapes_and_expansion(string line, string value) => Assert.Equal(value, Value(line));

    [Theory]
    [InlineData("A=$HOME/bin", "/home/me/bin")]
    [InlineData("A=${HOME}bin", "/home/mebin")]
    [InlineData("A=$NOBODY.", ".")]
    [InlineData("A=$home ${home}", "$home ${home}")]
    [InlineData(@"A=\$HOME", "$HOME")]
    [InlineData("HOME=inner\nA=$HOME", "inner")]
    [InlineData("A=$B\nB=later\n", "")]
    public void A_reference_takes_the_earlier_value_of_the_file_before_the_environments(string text, string value) => Assert.Equal(value, Value(text));

    [Fact]
    public void A_bad_line_is_skipped_and_reported_with_its_number()
    {
        var file = Parse("A=1\nthis is no assignment\nB=2\n");
        Assert.Equal([new("A", "1", 1), new EnvironmentAssignment("B", "2", 3)], file.Assignments);
        Assert.StartsWith(".env line 2: expected \"NAME=value\"", Assert.Single(file.Problems).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A='1\n2'\nB=\"open\nC=3\nD=4", ".env line 3: the \" that opens here is never closed")]
    [InlineData("A=1\nB='open\nC=3\nD=4", ".env line 2: the ' that opens here is never closed")]
    public void A_quote_that_is_never_closed_is_reported_where_it_opens(string text, string problem)
    {
        var file = Parse(text);
        Assert.Equal(["A", "C", "D"], file.Assignments.Select(a => a.Name));
        Assert.Equal(problem, Assert.Single(file.Problems).ToString());
    }

    [Fact]
    public void Problems_never_quote_what_may_be_a_secret()
    {
        var file = Parse("KEY=\"a\nhunter2 hunter2\n'hunter2\nB='hunter2' hunter2\nC=hunter2\0");
        Assert.NotEmpty(file.Problems);
        Assert.All(file.Problems, p => Assert.DoesNotContain("hunter2", p.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_are_counted_across_values_of_many_lines() =>
        Assert.Equal(
            [("A", 2), ("B", 5), ("C", 7)], Parse("#\r\nA='1\r\n2\r\n3'\r\nB=\"\r\n\"\r\nC=1").Assignments.Select(a => (a.Name, a.Line)));

    [Fact]
    public void Ten_thousand_lines_and_a_huge_value_are_read()
    {
        var file = Parse(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"V{i}={i}\n")) + $"HUGE=\"{new string('x', 1_000_000)}\"");
        Assert.Equal(10_001, file.Assignments.Count);
        Assert.Equal(1_000_000, file.Assignments[^1].Value.Length);
    }

    private static readonly byte[] Special = [.. "\n\r=:#'\"\\$ {}AB"u8];

    [Fact]
    public void Parsing_never_throws() =>
        Gen.OneOf<byte>(Gen.Byte, Gen.Int[0, Special.Length - 1].Select(i => Special[i])).Array[0, 80].Sample(
            bytes =>
            {
                var file = EnvironmentFile.Parse(".env", bytes, _ => null);
                Assert.All(file.Assignments, a => Assert.DoesNotContain('\0', a.Value));
            },
            iter: 5_000);

    private static EnvironmentFile Parse(string text) =>
        EnvironmentFile.Parse(".env", Encoding.UTF8.GetBytes(text), name => name == "HOME" ? "/home/me" : null);

    private static string Value(string text)
    {
        var file = Parse(text);
        Assert.Empty(file.Problems);
        return Assert.Single(file.Assignments, a => a.Name == "A").Value;
    }
}
