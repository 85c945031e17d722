namespace OvermindGui.Core.Contracts;

/// <summary>
/// How much output is kept. Lines and age are limits per process. The size is a limit of the file: when it is exceeded, the process whose
/// lines take the most room loses its oldest ones, so that a chatty process never displaces the output of quiet ones.
/// </summary>
/// <param name="Lines">Maximum number of lines per process.</param>
/// <param name="Age">Maximum age of a line.</param>
/// <param name="Size">Maximum size of the database in bytes.</param>
public sealed record Retention(long Lines, TimeSpan Age, long Size)
{
    /// <summary>Keeps months of quiet processes and days of chatty ones, and does not fill the disk.</summary>
    public static Retention Default { get; } = new(1_000_000, TimeSpan.FromDays(30), 2L << 30);

    /// <summary>How long the output before crashes and around errors is kept, beyond lines and age; zero for no longer than the rest.</summary>
    public TimeSpan Crashes { get; init; }
}
