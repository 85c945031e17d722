using System.Text;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Posix;

namespace OvermindGui.Core.Project.Environments;

/// <summary>What one <c>.env</c> file sets, and every line that could not be used.</summary>
/// <param name="Assignments">In file order; of two of one name the later counts.</param>
public sealed record EnvironmentFile(IReadOnlyList<EnvironmentAssignment> Assignments, IReadOnlyList<PlanProblem> Problems)
{
    /// <summary>Reads and parses a file. What is wrong inside the file is a problem of the result, never an exception.</summary>
    /// <param name="name">What problems call the file.</param>
    /// <param name="environment">Value of a variable that the file does not set itself, for <c>$NAME</c>; null when there is none.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    public static EnvironmentFile Load(string path, string name, Func<string, string?> environment) =>
        Parse(name, BoundedFileReader.Read(path), environment);

    /// <summary>Parses the bytes of a file as <see cref="Load"/> does.</summary>
    public static EnvironmentFile Parse(string name, ReadOnlySpan<byte> bytes, Func<string, string?> environment)
    {
        if (bytes.StartsWith(Encoding.Unicode.Preamble) || bytes.StartsWith(Encoding.BigEndianUnicode.Preamble))
            return new EnvironmentFile([], [new PlanProblem(ProblemSeverity.Warning, name, "UTF-16 text; save the file as UTF-8")]);
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
        return new EnvironmentFileParser(name, LenientUtf8.GetString(bytes), environment).Parse();
    }

    /// <summary>Stands for bytes that are not UTF-8; as U+FFFE is no character, no text holds it.</summary>
    internal const char NotUtf8 = '\uFFFE';

    // A comment in another encoding harms nobody, so one bad byte must not cost the whole file.
    private static readonly Encoding LenientUtf8 =
        Encoding.GetEncoding("utf-8", EncoderFallback.ExceptionFallback, new DecoderReplacementFallback(NotUtf8.ToString()));
}

/// <summary>One <c>NAME=value</c> of a file, quotes and references resolved.</summary>
/// <param name="Line">1-based number of the line where it begins.</param>
public sealed record EnvironmentAssignment(string Name, string Value, int Line);
