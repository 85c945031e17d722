using System.Text;
using System.Text.RegularExpressions;

namespace OvermindGui.Core.Procfiles;

/// <summary>The entries of a Procfile in file order, and every line that could not be used.</summary>
public sealed partial record Procfile(IReadOnlyList<ProcfileEntry> Entries, IReadOnlyList<ProcfileProblem> Problems)
{
    /// <summary>The row of the daemon's own messages; no entry may bear its name.</summary>
    public const string SystemProcess = "system";

    private const int MaxExcerpt = 60;

    /// <summary>Reads and parses a file. What is wrong inside the file is a problem of the result, never an exception.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static Procfile Load(string path) => Parse(File.ReadAllBytes(path));

    /// <summary>Parses the bytes of a Procfile. A byte order mark and CRLF line ends are accepted.</summary>
    public static Procfile Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
        try
        {
            return Parse(StrictUtf8.GetString(bytes));
        }
        catch (DecoderFallbackException e)
        {
            var line = bytes[..Math.Min(e.Index, bytes.Length)].Count((byte)'\n') + 1;
            return new Procfile([], [new ProcfileProblem(line, "not UTF-8 text; save the file as UTF-8")]);
        }
    }

    /// <summary>Parses the text of a Procfile.</summary>
    public static Procfile Parse(string text)
    {
        var entries = new List<ProcfileEntry>();
        var problems = new List<ProcfileProblem>();
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            if (ParseEntry(line, number, entries, out var problem) is { } entry) entries.Add(entry);
            else problems.Add(new ProcfileProblem(number, problem));
        }

        if (entries.Count == 0)
            problems.Add(new ProcfileProblem(0, "no entries found; expected lines of the form \"name: command\""));
        return new Procfile(entries, problems);
    }

    private static ProcfileEntry? ParseEntry(string line, int number, List<ProcfileEntry> before, out string problem)
    {
        problem = "";
        if (EntryPattern().Match(line) is not { Success: true } match)
        {
            problem = $"expected \"name: command\", found \"{Excerpt(line)}\"";
            return null;
        }

        var (name, command) = (match.Groups["name"].Value.Trim(), match.Groups["command"].Value.Trim());
        if (!NamePattern().IsMatch(name))
            problem = $"the name \"{Excerpt(name)}\" may only hold letters, digits, \"_\" and \"-\"";
        else if (command.Length == 0)
            problem = $"\"{name}\" has no command; expected \"{name}: command\"";
        else if (command.Contains('\0', StringComparison.Ordinal))
            problem = $"the command of \"{name}\" holds a NUL character";
        else if (name == SystemProcess)
            problem = "the name \"system\" belongs to the daemon's own messages; choose another";
        else if (before.Find(e => e.Name == name) is { } first)
            problem = $"\"{name}\" is already defined on line {first.Line}; the first one is used";
        else
            return new ProcfileEntry(name, command, number);
        return null;
    }

    // What a file holds reaches terminals and logs here: no control character may.
    private static string Excerpt(string text)
    {
        var runes = text.EnumerateRunes().Select(r => Rune.IsControl(r) ? Rune.ReplacementChar : r).ToList();
        return string.Concat(runes.Take(MaxExcerpt)) + (runes.Count > MaxExcerpt ? "…" : "");
    }

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    [GeneratedRegex(@"^(?<name>[^:]*):(?<command>.*)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex EntryPattern();

    [GeneratedRegex(@"^[A-Za-z0-9_-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
