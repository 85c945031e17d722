using System.Globalization;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Project.Planning;

/// <summary>What an alert is about. As text it is a phrase for people: <c>memory above 500 MB for 1m</c>.</summary>
public abstract record AlertCondition;

/// <summary>The process has ended although it should not, or cannot be started.</summary>
public sealed record FailsCondition : AlertCondition
{
    public override string ToString() => "fails";
}

/// <summary>It has ended several times in a row.</summary>
public sealed record CrashLoopCondition : AlertCondition
{
    public override string ToString() => "is in a crash loop";
}

/// <summary>Its liveness check does not pass.</summary>
public sealed record UnhealthyCondition : AlertCondition
{
    public override string ToString() => "is unhealthy";
}

/// <summary>It is not ready so long after its start.</summary>
public sealed record NotReadyCondition(TimeSpan After) : AlertCondition
{
    public override string ToString() => $"is not ready after {ShortDuration.Of(After)}";
}

/// <summary>It prints lines that match.</summary>
/// <param name="Pattern">A .NET regular expression, case-insensitive.</param>
public sealed record PrintsCondition(string Pattern, int Times, TimeSpan Within) : AlertCondition
{
    public override string ToString() => Times == 1
        ? $"prints \"{Pattern}\""
        : string.Create(CultureInfo.InvariantCulture, $"prints \"{Pattern}\" {Times} times in {ShortDuration.Of(Within)}");
}

/// <summary>It runs and prints nothing.</summary>
public sealed record SilentCondition(TimeSpan For) : AlertCondition
{
    public override string ToString() => $"prints nothing for {ShortDuration.Of(For)}";
}

/// <summary>It and its children use more memory.</summary>
public sealed record MemoryCondition(long Above, TimeSpan For) : AlertCondition
{
    public override string ToString() => $"memory above {ByteSize.Of(Above)} for {ShortDuration.Of(For)}";
}

/// <summary>It and its children use more CPU, in percent of one core.</summary>
public sealed record CpuCondition(double Above, TimeSpan For) : AlertCondition
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"CPU above {Above:0.##} % for {ShortDuration.Of(For)}");
}

/// <summary>The disk of the data folder has less room. This is about no process.</summary>
public sealed record DiskCondition(long Below) : AlertCondition
{
    public override string ToString() => $"less than {ByteSize.Of(Below)} free on the disk";
}
