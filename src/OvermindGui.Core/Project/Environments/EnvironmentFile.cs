using System.Text;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Posix;

namespace OvermindGui.Core.Project.Environments;

/// <summary>The variables that one <c>.env</c> file sets, and every invalid line.</summary>
/// <param name="Assignments">In file order; for a repeated name the last assignment wins.</param>
public sealed record EnvironmentFile(IReadOnlyList<EnvironmentAssignment> Assignments, IReadOnlyList<Problem> Problems)
{
    /// <summary>Reads and parses a file. Errors in its content become problems of the result, never exceptions.</summary>
    /// <param name="name">The file's name in problem messages.</param>
    /// <param name="environment">Looks up variables that the file does not set itself, for <c>$NAME</c>; null when there is none.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied, or it is a folder.</exception>
    public static EnvironmentFile Load(string path, string name, Func<string, string?> environment) =>
        Parse(name, BoundedFileReader.Read(path), environment);

    /// <summary>Parses the bytes of a file like <see cref="Load"/>.</summary>
    public static EnvironmentFile Parse(string name, ReadOnlySpan<byte> bytes, Func<string, string?> environment)
    {
        if (bytes.StartsWith(Encoding.Unicode.Preamble) || bytes.StartsWith(Encoding.BigEndianUnicode.Preamble))
            return new EnvironmentFile([], [new Problem(new SourceLocation(name), ProblemSeverity.Warning, "UTF-16 text; save the file as UTF-8")]);
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
        return new EnvironmentFileParser(name, LenientUtf8.GetString(bytes), environment).Parse();
    }

    /// <summary>Replaces bytes that are not UTF-8. U+FFFE is not a character, so it never occurs in text.</summary>
    internal const char NotUtf8 = '\uFFFE';

    // A single invalid byte must not invalidate the file: it may be in a comment with another encoding.
    private static readonly Encoding LenientUtf8 =
        Encoding.GetEncoding("utf-8", EncoderFallback.ExceptionFallback, new DecoderReplacementFallback(NotUtf8.ToString()));
}

/// <summary>One <c>NAME=value</c> of a file, with quotes and references resolved.</summary>
/// <param name="Line">1-based number of its first line.</param>
public sealed record EnvironmentAssignment(string Name, string Value, int Line);
