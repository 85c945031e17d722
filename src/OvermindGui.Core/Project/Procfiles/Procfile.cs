using System.Text;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Posix;

namespace OvermindGui.Core.Project.Procfiles;

/// <summary>The entries of a Procfile in file order, and every invalid line.</summary>
public sealed record Procfile(IReadOnlyList<ProcfileEntry> Entries, IReadOnlyList<Problem> Problems)
{
    /// <summary>The process name of the daemon's own messages; entries must not use it.</summary>
    public const string SystemProcess = "system";

    /// <summary>Entries that run here but that overmind ignores.</summary>
    public IReadOnlyList<Problem> Warnings { get; init; } = [];

    /// <summary>Reads and parses a file. Errors in its content become problems of the result, never exceptions.</summary>
    /// <param name="name">The file's name in problems.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    public static Procfile Load(string path, string name = ProjectFolder.ProcfileName) => Parse(BoundedFileReader.Read(path), name);

    /// <summary>Parses the bytes of a Procfile. Accepts a byte order mark and CRLF line ends.</summary>
    public static Procfile Parse(ReadOnlySpan<byte> bytes, string name = ProjectFolder.ProcfileName)
    {
        try
        {
            return Parse(StrictUtf8.GetString(bytes), name);
        }
        catch (DecoderFallbackException e)
        {
            var line = bytes[..Math.Clamp(e.Index, 0, bytes.Length)].Count((byte)'\n') + 1;
            return new Procfile([], [new Problem(name, line, ProblemSeverity.Warning, "not UTF-8 text; save the file as UTF-8")]);
        }
    }

    /// <summary>Parses the text of a Procfile.</summary>
    public static Procfile Parse(string text, string name = ProjectFolder.ProcfileName) => new ProcfileParser(name).Parse(text);

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
