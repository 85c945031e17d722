namespace OvermindGui.Agents;

/// <summary>Numbers as bars of one line, scaled to the largest.</summary>
internal static class Bars
{
    private const string Heights = "▁▂▃▄▅▆▇█";

    public static string Of(IReadOnlyList<long> numbers)
    {
        var most = Math.Max(1, numbers.Count == 0 ? 0 : numbers.Max());
        return string.Concat(numbers.Select(n => n == 0 ? '·' : Heights[(int)Math.Min(Heights.Length - 1, n * Heights.Length / most)]));
    }
}
