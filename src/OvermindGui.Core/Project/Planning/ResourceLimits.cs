using System.Globalization;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Project.Planning;

/// <summary>What a process and its children may use together before it is restarted.</summary>
/// <param name="Memory">Bytes; null for no limit.</param>
/// <param name="Cpu">Null for no limit.</param>
public sealed record ResourceLimits(long? Memory, CpuLimit? Cpu);

/// <param name="Percent">Of one core.</param>
/// <param name="For">How long it has to be above.</param>
public sealed record CpuLimit(double Percent, TimeSpan For)
{
    /// <summary>For display: <c>90% for 5m</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Percent:0.##}% for {ShortDuration.Of(For)}");
}
