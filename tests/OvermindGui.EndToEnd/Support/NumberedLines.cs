using System.Globalization;
using System.Text.RegularExpressions;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.EndToEnd.Support;

/// <summary>What is stored of a process that numbers its lines, so that each one that is missing or there twice is known.</summary>
internal static partial class NumberedLines
{
    /// <summary>The numbers at the ends of a process's own lines, in the order in which they are stored.</summary>
    public static IReadOnlyList<long> Of(ProjectFolder folder, string process)
    {
        using var connection = OvermindDatabase.In(folder).OpenConnection();
        return connection.Query(
            "SELECT l.text FROM lines l JOIN processes p ON p.id = l.process_id WHERE p.name = $1 AND l.stream <> 3 ORDER BY l.id",
            row => NumberOf(row.GetString(0)), process);
    }

    /// <summary>How many there are, once it is sure that none is missing, twice, or out of order.</summary>
    public static int CountWhole(IReadOnlyList<long> numbers)
    {
        Assert.NotEmpty(numbers);
        for (var i = 1; i < numbers.Count; i++)
            Assert.True(numbers[i] == numbers[i - 1] + 1, $"line {numbers[i]} stands behind line {numbers[i - 1]}");
        return numbers.Count;
    }

    public static long NumberOf(string line) => long.Parse(LastNumber().Match(line).Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(\d+)\.*$")]
    private static partial Regex LastNumber();
}
