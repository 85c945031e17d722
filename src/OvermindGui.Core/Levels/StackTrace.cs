namespace OvermindGui.Core.Levels;

/// <summary>Recognises the parts of stack traces of Node, Python, Java, Ruby, Go, .NET, PHP and Rust.</summary>
internal static class StackTrace
{
    /// <summary>Whether a line without indentation begins a stack trace or is the message of an exception.</summary>
    public static bool IsHead(ReadOnlySpan<char> line) => line[0] switch
    {
        'T' when IsPythonHead(line) => true,
        'U' => line.StartsWith("Unhandled exception", StringComparison.Ordinal) || line.StartsWith("Uncaught ", StringComparison.Ordinal)
            || IsExceptionMessage(line),
        'p' when IsGoHead(line) => true,
        'f' when line.StartsWith("fatal error: ", StringComparison.Ordinal) || line.StartsWith("fatal: ", StringComparison.Ordinal) => true,
        't' when IsRustHead(line) => true,
        'P' when line.StartsWith("PHP Fatal error: ", StringComparison.Ordinal) || line.StartsWith("PHP Parse error: ", StringComparison.Ordinal) => true,
        'F' when line.StartsWith("Fatal error: ", StringComparison.Ordinal) => true,
        'E' when line.StartsWith("Exception in thread ", StringComparison.Ordinal) => true,
        '/' => IsRubyHead(line),
        _ => IsExceptionMessage(line),
    };

    public static bool IsPythonHead(ReadOnlySpan<char> line) => line.StartsWith("Traceback (most recent call last)", StringComparison.Ordinal);

    public static bool IsGoHead(ReadOnlySpan<char> line) =>
        line.StartsWith("panic: ", StringComparison.Ordinal) || line.StartsWith("fatal error: ", StringComparison.Ordinal);

    public static bool IsRustHead(ReadOnlySpan<char> line) => line.StartsWith("thread '", StringComparison.Ordinal) && line.IndexOf("' panicked at ") > 0;

    /// <summary><c>TypeError: x is not a function</c>, <c>java.lang.NullPointerException</c>: the message of an exception.</summary>
    public static bool IsExceptionMessage(ReadOnlySpan<char> line)
    {
        var length = 0;
        while (length < line.Length && (char.IsAsciiLetterOrDigit(line[length]) || line[length] is '.' or '_' or '$')) length++;
        var name = line[..length];
        if (length < line.Length && line[length] is not ':' && !(line[length] == ' ' && length + 1 < line.Length && line[length + 1] == '[')) return false;
        return (name.EndsWith("Error", StringComparison.Ordinal) && name.Length > "Error".Length && char.IsAsciiLetter(name[0]))
            || name.EndsWith("Exception", StringComparison.Ordinal);
    }

    /// <summary>A line that shows one frame, given without its indentation.</summary>
    public static bool IsFrame(ReadOnlySpan<char> line) => line.Length > 3 && line[0] switch
    {
        'a' => line.StartsWith("at ", StringComparison.Ordinal),
        'F' => line.StartsWith("File \"", StringComparison.Ordinal),
        'f' => line.StartsWith("from ", StringComparison.Ordinal) && line.IndexOf(":in ") > 0,
        '.' => line.StartsWith("... ", StringComparison.Ordinal) && (line.EndsWith("more", StringComparison.Ordinal) || line.EndsWith("omitted", StringComparison.Ordinal)),
        '-' => line.StartsWith("--- End of ", StringComparison.Ordinal) || line.StartsWith("---> ", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>An unindented line that continues the current trace.</summary>
    public static bool GoesOn(ReadOnlySpan<char> line) => line[0] switch
    {
        'C' => line.StartsWith("Caused by: ", StringComparison.Ordinal),
        'S' => line.StartsWith("Stack trace:", StringComparison.Ordinal) || line.StartsWith("Suppressed: ", StringComparison.Ordinal),
        '#' => line.Length > 2 && char.IsAsciiDigit(line[1]),
        'g' => line.StartsWith("goroutine ", StringComparison.Ordinal),
        'c' => line.StartsWith("created by ", StringComparison.Ordinal),
        'n' => line.StartsWith("note: ", StringComparison.Ordinal),
        's' => line.StartsWith("stack backtrace:", StringComparison.Ordinal),
        '-' => line.StartsWith("--- End of ", StringComparison.Ordinal) || line.StartsWith("---> ", StringComparison.Ordinal),
        '[' => line.StartsWith("[signal ", StringComparison.Ordinal),
        '}' => line.Length == 1,
        _ => false,
    };

    /// <summary>What Python prints between two chained exceptions.</summary>
    public static bool IsPythonChain(ReadOnlySpan<char> line) =>
        line.StartsWith("During handling of the above exception", StringComparison.Ordinal)
        || line.StartsWith("The above exception was the direct cause", StringComparison.Ordinal);

    /// <summary>A function of a goroutine, such as <c>main.main()</c>.</summary>
    public static bool IsGoFunction(ReadOnlySpan<char> line) => line[^1] == ')' && line.IndexOf('(') > 0 && line.IndexOf('.') > 0 && line.IndexOf(' ') < 0
        || line.StartsWith("main.", StringComparison.Ordinal);

    private static bool IsRubyHead(ReadOnlySpan<char> line) => line[^1] == ')' && line.IndexOf(":in ") > 0
        && (line.EndsWith("Error)", StringComparison.Ordinal) || line.EndsWith("Exception)", StringComparison.Ordinal));
}
