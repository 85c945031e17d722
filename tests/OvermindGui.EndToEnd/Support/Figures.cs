namespace OvermindGui.EndToEnd.Support;

/// <summary>What a fault scenario measured, for docs/reliability.md: printed with the test's output.</summary>
internal static class Figures
{
    public static void Print(FormattableString figures) =>
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(figures));

    /// <summary>The value that this share of them stays below.</summary>
    public static double At(this IEnumerable<double> values, double share) =>
        values.Order().ToArray() is { Length: > 0 } sorted ? sorted[(int)((sorted.Length - 1) * share)] : double.NaN;

    /// <summary>Resident memory of a process, in megabytes.</summary>
    public static double Megabytes(int pid)
    {
        using var process = System.Diagnostics.Process.GetProcessById(pid);
        return process.WorkingSet64 / 1e6;
    }
}
