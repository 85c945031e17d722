using System.Globalization;
using OvermindGui.Core.Application;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Agents;

/// <summary>Prints what came of <c>up</c>, <c>restart</c> and <c>stop</c>.</summary>
internal static class CommandReportText
{
    /// <summary>The exit code for a timeout, that of timeout(1).</summary>
    public const int TimedOut = 124;

    public static void Print(CommandReport report)
    {
        foreach (var process in report.Processes)
        {
            Console.WriteLine(VisibleText.Of($"{process.Name,-15} {process.State}{(process.Exit is { } code ? $" (exit {code})" : "")}{(process.Url is { } url ? $"  {url}" : "")}"));
            foreach (var line in process.Last ?? []) Console.WriteLine($"  {VisibleText.Of(line)}");
        }

        foreach (var error in report.NewErrors ?? []) Console.WriteLine(VisibleText.Of($"new error: {error.Process} | {error.Text.Trim()}"));
        if (report.Message is { } message) Console.Error.WriteLine($"Error: {VisibleText.Of(message)}");
        else Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Result.Replace('_', ' ')} ({report.TookMs / 1000.0:0.0} s)"));
    }

    public static int ExitCodeOf(string result) => result switch { "timeout" => TimedOut, "failed" => 1, _ => 0 };
}
