using OvermindGui.Core.Errors;

namespace OvermindGui.Core.Tests.Errors;

public class ErrorFingerprintTests
{
    [Theory]
    [InlineData("Error: timeout after 312 ms", "Error: timeout after 5000 ms")]
    [InlineData("request 3 failed after 12ms", "request 41 failed after 7ms")]
    [InlineData("2026-01-31T10:00:00.123Z ERROR db: connection lost", "2026-02-01T23:59:59Z ERROR db: connection lost")]
    [InlineData("Jan 31 10:00:00 host app[12]: error: disk full", "Feb  1 09:00:07 host app[977]: error: disk full")]
    [InlineData("order 1b4e28ba-2fa1-11d2-883f-0016d3cca427 not found", "order 6fa459ea-ee8a-3ca4-894e-db77e160355e not found")]
    [InlineData("segfault at 0x7ffde0 in worker", "segfault at 0x10 in worker")]
    [InlineData("commit 9f8e7d6a could not be read", "commit 01abcdef could not be read")]
    [InlineData("token tok_8fK2jx9Q was refused", "token tok_1aB3cd4E was refused")]
    [InlineData("cannot open /var/log/a.log: permission denied", "cannot open /srv/b/c.log: permission denied")]
    [InlineData("cannot open C:\\logs\\a.log: permission denied", "cannot open ./b.log: permission denied")]
    [InlineData("failed to load src/app.ts:12:5 because of syntax", "failed to load src/lib/x.ts:7:1 because of syntax")]
    [InlineData("GET http://localhost:3000/users/7?x=1 failed with refused", "GET https://example.org/ failed with refused")]
    [InlineData("connect ECONNREFUSED 127.0.0.1:5432", "connect ECONNREFUSED 10.0.0.3:80")]
    [InlineData("the column \"price\" does not exist", "the column \"name of it\" does not exist")]
    [InlineData("relation 'users' can't be read", "relation 'orders' can't be read")]
    [InlineData("{\"level\":50,\"time\":1,\"msg\":\"user 7 has no \\\"role\\\" yet\"}", "{\"level\":50,\"time\":2,\"msg\":\"user 8 has no \\\"name\\\" yet\"}")]
    [InlineData("time=1 level=error msg=\"job 1 failed hard\" id=a", "time=2 level=error msg=\"job 2 failed hard\" id=b")]
    [InlineData("  Error: x went   wrong", "Error: x went wrong")]
    public void Lines_that_differ_only_in_values_are_one_error(string one, string other) =>
        Assert.True(ErrorFingerprint.Of(one) == ErrorFingerprint.Of(other), $"{ErrorFingerprint.ShapeOf(one)} <> {ErrorFingerprint.ShapeOf(other)}");

    [Theory]
    [InlineData("TypeError: x is not a function", "TypeError: y is not iterable")]
    [InlineData("KeyError: 'user'", "KeyError: 'order'")]
    [InlineData("error: \"disk is full\"", "error: \"no such table\"")]
    [InlineData("{\"level\":50,\"msg\":\"no such user\"}", "{\"level\":50,\"msg\":\"disk is full\"}")]
    [InlineData("level=error msg=\"no such user\"", "level=error msg=\"disk is full\"")]
    [InlineData("can't read the file", "can't read the folder")]
    [InlineData("read and/or write failed", "read or write failed")]
    public void Lines_that_differ_in_words_are_two_errors(string one, string other) =>
        Assert.True(ErrorFingerprint.Of(one) != ErrorFingerprint.Of(other), ErrorFingerprint.ShapeOf(one));

    [Theory]
    [InlineData("at 10:00:00,123 [w-3] it failed in 1.5s", "at # [w-#] it failed in #s")]
    [InlineData("cannot open '/a b': it's gone", "cannot open \"\": it's gone")]
    [InlineData("src/a.ts:12:5 - error TS2322: it is wrong", "/:# - error TS#: it is wrong")]
    [InlineData("`x` and “y” or ‘z’ differ", "\"\" and \"\" or \"\" differ")]
    [InlineData("5 / 3 is not whole", "# / # is not whole")]
    [InlineData("", "")]
    public void What_is_compared_is_the_text_without_values(string line, string shape) => Assert.Equal(shape, ErrorFingerprint.ShapeOf(line));

    [Fact]
    public void Any_text_has_a_fingerprint()
    {
        var random = new Random(15);
        const string Characters = "aZ09 \"'`\\/:.{}[]()=,-_Tx\t\u00e9\ud83d\ude00“”";
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(400)).Select(_ => Characters[random.Next(Characters.Length)]));
            Assert.Equal(ErrorFingerprint.Of(text), ErrorFingerprint.Of(text));
        }
    }

    [Fact]
    public void A_fingerprint_stays_the_same_over_versions() => // it is stored
        Assert.Equal("Error: connect ECONNREFUSED #", ErrorFingerprint.ShapeOf("Error: connect ECONNREFUSED 127.0.0.1:5432"));
}
