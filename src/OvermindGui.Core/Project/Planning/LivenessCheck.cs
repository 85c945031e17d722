namespace OvermindGui.Core.Project.Planning;

/// <summary>How to determine, again and again, that a running process still works.</summary>
/// <param name="Probe">What is checked; its interval and timeout are those of each check.</param>
/// <param name="Failures">Number of failed checks in a row that make it unhealthy.</param>
/// <param name="StartPeriod">Failures do not count for so long after the start.</param>
/// <param name="Restarts">Whether an unhealthy process is restarted; otherwise it is only reported.</param>
public sealed record LivenessCheck(ReadyCheck Probe, int Failures, TimeSpan StartPeriod, bool Restarts);
