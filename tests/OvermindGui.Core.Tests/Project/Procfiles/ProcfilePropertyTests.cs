using CsCheck;
using OvermindGui.Core.Project.Procfiles;

namespace OvermindGui.Core.Tests.Project.Procfiles;

public class ProcfilePropertyTests
{
    private static readonly Gen<byte[]> Bytes = Gen.OneOf<byte>(
        Gen.Byte, Gen.OneOf((byte)'\n', (byte)'\r', (byte)':', (byte)' ', (byte)'#', (byte)'a', (byte)'b', (byte)0)).Array[0, 120];

    [Fact]
    public void Parsing_never_throws() => Bytes.Sample(bytes => { Procfile.Parse(bytes); }, iter: 5_000);

    [Fact]
    public void Every_file_gives_entries_or_reasons() =>
        Bytes.Sample(
            bytes =>
            {
                var procfile = Procfile.Parse(bytes);
                return procfile.Entries.Count > 0 || procfile.Problems.Count > 0;
            },
            iter: 2_000);

    [Fact]
    public void Names_are_unique_and_commands_can_be_run() =>
        Gen.OneOf('a', 'b', ':', ' ', '\n', '\r', '#', '\0', '-').Array[0, 60].Sample(
            characters =>
            {
                var entries = Procfile.Parse(new string(characters)).Entries;
                Assert.Equal(entries.Count, entries.Select(e => e.Name).Distinct().Count());
                Assert.All(entries, e => Assert.Matches("^[A-Za-z0-9_-]+$", e.Name));
                Assert.All(entries, e => Assert.True(e.Command.Length > 0 && !e.Command.Contains('\0', StringComparison.Ordinal)));
            },
            iter: 2_000);
}
