namespace OvermindGui.Daemon.Persistence;

/// <summary>
/// How much output is kept. Each bound is for each process by itself, but the size, which is the file's: there the process with the most
/// lines gives way, so that a chatty one never pushes out what quiet ones said.
/// </summary>
/// <param name="Lines">Lines of each process.</param>
/// <param name="Age">Of its lines.</param>
/// <param name="Size">Bytes of the database.</param>
public sealed record Retention(long Lines, TimeSpan Age, long Size)
{
    /// <summary>Months of quiet processes, days of chatty ones, and no full disk.</summary>
    public static Retention Default { get; } = new(1_000_000, TimeSpan.FromDays(30), 2L << 30);
}
