using System.Globalization;

namespace OvermindGui.Core.Contracts;

/// <summary>Formats a number with its noun: <c>1 process</c>, <c>1,204 lines</c>.</summary>
public static class Quantity
{
    public static string Of(long number, string one, string many) =>
        $"{number.ToString("N0", CultureInfo.InvariantCulture)} {(number == 1 ? one : many)}";

    public static string Processes(long number) => Of(number, "process", "processes");

    public static string Lines(long number) => Of(number, "line", "lines");
}
