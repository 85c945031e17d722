using System.Text;
using OvermindGui.Core.Posix;

namespace OvermindGui.Core.Project.Procfiles;

/// <summary>The entries of a Procfile in file order, and every invalid line.</summary>
public sealed record Procfile(IReadOnlyList<ProcfileEntry> Entries, IReadOnlyList<ProcfileProblem> Problems)
{
    /// <summary>The process name of the daemon's own messages; entries must not use it.</summary>
    public const string SystemProcess = "system";

    /// <summary>Entries that run here but that overmind ignores.</summary>
    public IReadOnlyList<ProcfileProblem> Warnings { get; init; } = [];

    /// <summary>Reads and parses a file. Errors in its content become problems of the result, never exceptions.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    public static Procfile Load(string path) => Parse(BoundedFileReader.Read(path));

    /// <summary>Parses the bytes of a Procfile. Accepts a byte order mark and CRLF line ends.</summary>
    public static Procfile Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Parse(StrictUtf8.GetString(bytes));
        }
        catch (DecoderFallbackException e)
        {
            var line = bytes[..Math.Clamp(e.Index, 0, bytes.Length)].Count((byte)'\n') + 1;
            return new Procfile([], [new ProcfileProblem(line, "not UTF-8 text; save the file as UTF-8")]);
        }
    }

    /// <summary>Parses the text of a Procfile.</summary>
    public static Procfile Parse(string text) => new ProcfileParser().Parse(text);

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
