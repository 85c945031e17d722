using System.Runtime.CompilerServices;
using OvermindGui.Core.Terminal;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Recordings;

/// <summary>
/// What real programs print on a terminal of 80 by 24 (<c>NAME.term</c>, recorded as the daemon reads it), and the log that a person
/// expects of it (<c>NAME.txt</c>).
/// </summary>
public class RecordingTests
{
    private static readonly TerminalSize Size = new(80, 24);

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder(), "*.term").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_log_of_a_real_program_is_what_a_person_expects(string name) => Assert.Equal(Expected(name), Log(name, int.MaxValue));

    /// <summary>Lines that were shown on the way and erased again may stay as empty ones.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_log_is_the_same_when_it_was_watched(string name) => Assert.Equal(WithText(Expected(name)), WithText(Log(name, 17)));

    private static string[] Log(string name, int chunk)
    {
        var received = new ReceivedLines();
        var assembler = new LineAssembler(Size, received.Receive);
        foreach (var bytes in File.ReadAllBytes(Path.Combine(Folder(), $"{name}.term")).Chunk(chunk))
        {
            assembler.Feed(bytes);
            if (chunk < int.MaxValue) assembler.Flush();
        }

        assembler.Complete();
        return [.. received.Texts.Select(text => text.TrimEnd())];
    }

    private static string[] Expected(string name) => File.ReadAllLines(Path.Combine(Folder(), $"{name}.txt"));

    private static IEnumerable<string> WithText(string[] lines) => lines.Where(line => line.Length > 0);

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
