namespace OvermindGui.Core.Errors;

/// <summary>
/// Recognises an error that occurs again: a number that is equal for two lines that differ only in numbers, ids, times, paths and quoted
/// values. It is stored with the line, so its definition must not change without need: old and new lines would form two groups.
/// </summary>
public static class ErrorFingerprint
{
    // What follows rarely distinguishes two errors, and every line of a flood of errors pays for it.
    private const int Most = 256;
    private const ulong HashStart = 14695981039346656037, HashFactor = 1099511628211; // FNV-1a

    /// <summary>The fingerprint of the error that a line names.</summary>
    public static long Of(ReadOnlySpan<char> line)
    {
        Span<char> shape = stackalloc char[Most];
        var hash = HashStart;
        foreach (var c in shape[..Shape(line, shape)]) hash = (hash ^ c) * HashFactor;
        return (long)hash;
    }

    /// <summary>The text that is compared: <c>GET / failed after #ms</c>.</summary>
    public static string ShapeOf(string line)
    {
        Span<char> shape = stackalloc char[Most];
        return new string(shape[..Shape(line, shape)]);
    }

    private static int Shape(ReadOnlySpan<char> line, Span<char> shape)
    {
        var message = ErrorMessage.Of(line);
        var writer = new MessageShape(message, shape);
        var length = writer.Write(blankQuoted: true);
        // "KeyError: 'user'" and a message that is quoted as a whole say nothing without what is quoted.
        return HasTwoWords(shape[..length]) ? length : new MessageShape(message, shape).Write(blankQuoted: false);
    }

    private static bool HasTwoWords(ReadOnlySpan<char> shape)
    {
        var (words, letters) = (0, 0);
        foreach (var c in shape)
        {
            letters = char.IsLetter(c) ? letters + 1 : 0;
            if (letters == 2 && ++words == 2) return true;
        }

        return false;
    }
}
