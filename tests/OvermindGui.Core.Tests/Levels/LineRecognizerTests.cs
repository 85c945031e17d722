using OvermindGui.Core.Levels;

namespace OvermindGui.Core.Tests.Levels;

/// <summary>Which lines belong together. In the samples a line that continues the one before is marked with ">".</summary>
public class LineRecognizerTests
{
    public static TheoryData<string, string> Traces => new()
    {
        { "Node", "TypeError: x is not a function\n>    at Object.<anonymous> (/app/a.js:1:7)\n>    at Module._compile (node:internal:1:2) {\n>  code: 'E'\n>}\nlistening" },
        { "Python", "Traceback (most recent call last):\n>  File \"/srv/app.py\", line 88, in send\n>    conn = connect()\n>           ^^^^^^^^^\n>psycopg.OperationalError: refused\nready" },
        {
            "Python, chained",
            "Traceback (most recent call last):\n>  File \"a.py\", line 1, in a\n>KeyError: 'x'\n>\n>During handling of the above exception, another exception occurred:\n>\n"
            + ">Traceback (most recent call last):\n>  File \"a.py\", line 3, in b\n>ValueError\nready"
        },
        { "Java", "Exception in thread \"main\" java.lang.IllegalStateException: x\n>\tat com.foo.Bar.run(Bar.java:12)\n>Caused by: java.io.IOException: y\n>\t... 5 more\nready" },
        { "logged Java", "12:00:00 ERROR [main] c.f.Bar - failed\n>\tat com.foo.Bar.run(Bar.java:12)\n12:00:01 INFO x" },
        { "Ruby", "/app/a.rb:3:in 'foo': bad (RuntimeError)\n>\tfrom /app/a.rb:7:in 'bar'\nready" },
        { "Go", "panic: oh no\n>\n>goroutine 1 [running]:\n>main.main()\n>\t/app/main.go:5 +0x1d\nexit status 2" },
        { ".NET", "Unhandled exception. System.InvalidOperationException: x\n>   at Program.Main() in /app/Program.cs:line 3\n> ---> System.IO.IOException: y\n>   --- End of inner exception stack trace ---\nready" },
        { ".NET's console logger", "info: Microsoft.Hosting.Lifetime[14]\n>      Now listening on: http://localhost:5000\ninfo: x[0]" },
        { "PHP", "PHP Fatal error:  Uncaught Exception: x in /a.php:3\n>Stack trace:\n>#0 {main}\n>  thrown in /a.php on line 3\nready" },
        { "Rust", "thread 'main' panicked at src/main.rs:2:5:\n>oh no\n>note: run with `RUST_BACKTRACE=1`\n>stack backtrace:\n>   0: std::panicking::begin_panic\n>             at /rustc/x.rs:1:2\nready" },
        { "rustc", "error[E0382]: moved\n>  --> src/main.rs:1:2\n>   |\nwarning: unused" },
        { "no trace", "ready\n  ➜  Local: http://localhost:5173/\n  ➜  Network: use --host\n\nGET /" },
    };

    [Theory]
    [MemberData(nameof(Traces))]
    public void The_lines_of_a_stack_trace_belong_to_its_first(string language, string sample)
    {
        var recognizer = new LineRecognizer(remembered: 10);
        var lines = sample.Split('\n');
        var found = lines.Select((line, number) => recognizer.Recognize(number, line.TrimStart('>')).Continues ? ">" : "").ToArray();
        Assert.True(lines.Select(line => line is ['>', ..] ? ">" : "").SequenceEqual(found), $"{language}: {string.Join(' ', found.Select(f => f == "" ? "." : f))}");
    }

    [Theory]
    [InlineData("TypeError: x is not a function\n    at Object.<anonymous> (/app/a.js:1:7)\nlistening", "TypeError: x is not a function")]
    [InlineData("Traceback (most recent call last):\n  File \"a.py\", line 1, in a\n    x\nKeyError: 'x'\nready", "KeyError: 'x'")]
    [InlineData("thread 'main' panicked at src/main.rs:2:5:\noh no\nnote: run with `RUST_BACKTRACE=1`", "oh no")]
    [InlineData("thread 'main' panicked at 'oh no', src/main.rs:2:5\nnote: x", "thread 'main' panicked at 'oh no', src/main.rs:2:5")]
    [InlineData("fail: App.Orders[7]\n      The order is lost\n      System.IO.IOException: y\n         at App.Main()\ninfo: x[0]\n      fine", "The order is lost")]
    [InlineData("Exception in thread \"main\" java.lang.IllegalStateException: x\n\tat com.foo.Bar.run(Bar.java:12)\nCaused by: java.io.IOException: y", "Exception in thread \"main\" java.lang.IllegalStateException: x")]
    [InlineData("panic: oh no\n\ngoroutine 1 [running]:\nmain.main()\n\t/app/main.go:5 +0x1d", "panic: oh no")]
    [InlineData("INFO fine\nWARN hm\n    at x", "")]
    public void One_line_of_a_stack_trace_names_the_error(string sample, string named)
    {
        var recognizer = new LineRecognizer(remembered: 10);
        Assert.Equal(named, string.Join('|', sample.Split('\n').Where((line, number) => recognizer.Recognize(number, line).NamesError).Select(line => line.Trim())));
    }

    [Fact]
    public void A_line_that_continues_has_the_level_of_the_first()
    {
        var recognizer = new LineRecognizer(remembered: 10);
        Assert.Equal(new LineTraits(LineLevel.Info, Continues: false), recognizer.Recognize(0, "info: Microsoft.Hosting[14]"));
        Assert.Equal(new LineTraits(LineLevel.Info, Continues: true), recognizer.Recognize(1, "      Now listening"));
        Assert.Equal(new LineTraits(LineLevel.Error, Continues: false), recognizer.Recognize(2, "Error: x"));
        Assert.Equal(new LineTraits(LineLevel.Error, Continues: true), recognizer.Recognize(3, "    at a.js:1:2"));
    }

    [Fact]
    public void A_line_that_changes_is_looked_at_again_between_the_same_neighbours()
    {
        var recognizer = new LineRecognizer(remembered: 3);
        recognizer.Recognize(0, "Trace");
        Assert.Equal(LineTraits.Neutral, recognizer.Recognize(0, "Trace"));
        Assert.Equal(LineLevel.Error, recognizer.Recognize(0, "Traceback (most recent call last):").Level);
        Assert.True(recognizer.Recognize(1, "  File \"a.py\", line 1").Continues);
        Assert.True(recognizer.Recognize(2, "ValueErr").Continues);
        Assert.True(recognizer.Recognize(2, "ValueError: x").Continues);
        Assert.False(recognizer.Recognize(3, "ready").Continues);
    }
}
