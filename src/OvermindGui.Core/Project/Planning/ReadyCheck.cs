namespace OvermindGui.Core.Project.Planning;

/// <summary>How to tell that a running process is ready to be used.</summary>
/// <param name="Interval">Between two looks.</param>
/// <param name="Timeout">Since the start of the run; one that is not ready by then is told, and runs on.</param>
public abstract record ReadyCheck(TimeSpan Interval, TimeSpan Timeout);

/// <summary>Ready when a TCP connection is accepted.</summary>
public sealed record TcpReady(string Host, int Port, TimeSpan Interval, TimeSpan Timeout) : ReadyCheck(Interval, Timeout);

/// <summary>Ready when a GET is answered with a status from 200 to 399.</summary>
public sealed record HttpReady(Uri Url, TimeSpan Interval, TimeSpan Timeout) : ReadyCheck(Interval, Timeout);

/// <summary>Ready when a line of its plain output matches.</summary>
/// <param name="Pattern">A .NET regular expression, case-insensitive.</param>
public sealed record LineReady(string Pattern, TimeSpan Timeout) : ReadyCheck(TimeSpan.Zero, Timeout);

/// <summary>Ready when a command, run in the process's folder and environment, ends with code 0.</summary>
public sealed record CommandReady(string Command, TimeSpan Interval, TimeSpan Timeout) : ReadyCheck(Interval, Timeout);
