namespace OvermindGui.Core.Resources;

/// <summary>What a process and all that it started use at one moment. CPU and disk count from its start on.</summary>
/// <param name="Memory">Bytes: the proportional set size where it is known, else the resident set size.</param>
/// <param name="DiskRead">Bytes that reached the disk, not those that came from the cache.</param>
/// <param name="Children">Number of processes besides the leader.</param>
public sealed record ResourceUsage(TimeSpan Cpu, long Memory, int Threads, int OpenFiles, long DiskRead, long DiskWritten, int Children);
