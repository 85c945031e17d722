namespace OvermindGui.Core.Project.Planning;

/// <summary>How ports are given out.</summary>
/// <param name="Base">Of the first entry's first instance.</param>
/// <param name="Step">From one entry to the next.</param>
/// <param name="InstanceStep">From one instance of an entry to the next.</param>
public sealed record PortRange(int Base, int Step, int InstanceStep)
{
    public const int Highest = 65_535;

    /// <summary>How many instances an entry can have before their ports reach the next entry's.</summary>
    public int MaxInstances => Math.Max(1, Step / InstanceStep);

    /// <summary>May be above <see cref="Highest"/>.</summary>
    /// <param name="index">0-based number of the line among the Procfile's entries.</param>
    /// <param name="instance">1-based.</param>
    public long PortOf(int index, int instance) => Base + (long)Step * index + (long)InstanceStep * (instance - 1);
}
