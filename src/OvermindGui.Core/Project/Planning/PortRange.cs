namespace OvermindGui.Core.Project.Planning;

/// <summary>Assigns ports to processes.</summary>
/// <param name="Base">Port of the first entry's first instance.</param>
/// <param name="Step">Distance between entries.</param>
/// <param name="InstanceStep">Distance between instances of an entry.</param>
public sealed record PortRange(int Base, int Step, int InstanceStep)
{
    public const int Highest = 65_535;

    /// <summary>Maximum number of instances of an entry before their ports reach the next entry's.</summary>
    public int MaxInstances => Math.Max(1, Step / InstanceStep);

    /// <summary>The result may be above <see cref="Highest"/>.</summary>
    /// <param name="index">0-based number of the line among the Procfile's entries.</param>
    /// <param name="instance">1-based.</param>
    public long PortOf(int index, int instance) => Base + (long)Step * index + (long)InstanceStep * (instance - 1);
}
