namespace OvermindGui.Core.Project.Planning;

/// <summary>How to determine that a running process is ready.</summary>
/// <param name="Interval">Time between two attempts.</param>
/// <param name="Timeout">Time limit from the start of the run. A process that is not ready by then is reported and keeps running.</param>
public abstract record ReadyCheck(TimeSpan Interval, TimeSpan Timeout);

/// <summary>Ready when it accepts a TCP connection.</summary>
public sealed record TcpReady(string Host, int Port, TimeSpan Interval, TimeSpan Timeout) : ReadyCheck(Interval, Timeout);

/// <summary>Ready when a GET returns a status from 200 to 399.</summary>
public sealed record HttpReady(Uri Url, TimeSpan Interval, TimeSpan Timeout) : ReadyCheck(Interval, Timeout);

/// <summary>Ready when a line of its plain output matches.</summary>
/// <param name="Pattern">A .NET regular expression, case-insensitive.</param>
public sealed record LineReady(string Pattern, TimeSpan Timeout) : ReadyCheck(TimeSpan.Zero, Timeout);

/// <summary>Ready when a command, run in the process's folder and environment, exits with code 0.</summary>
public sealed record CommandReady(string Command, TimeSpan Interval, TimeSpan Timeout) : ReadyCheck(Interval, Timeout);

/// <summary>Ready when a process of the run listens on a TCP port.</summary>
/// <param name="Port">Which; null for any.</param>
public sealed record PortReady(int? Port, TimeSpan Interval, TimeSpan Timeout) : ReadyCheck(Interval, Timeout);
