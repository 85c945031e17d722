using System.Globalization;

namespace OvermindGui.Core.Project.Planning;

/// <summary>Number of instances per entry: <c>web=2,worker=0,all=1</c>; 1 for entries without a number.</summary>
public sealed record Formation(ConfiguredValue? ConfiguredValue, IReadOnlyDictionary<string, int> Counts)
{
    /// <summary>Applies to every entry without its own number.</summary>
    public const string All = "all";

    public int CountOf(string entry) => Counts.TryGetValue(entry, out var count) || Counts.TryGetValue(All, out count) ? count : 1;

    /// <param name="ports">Limits the number: the ports of the last instance must not reach those of the next entry.</param>
    internal static Formation Read(ConfiguredValue? setting, PortRange ports, SettingReader reader)
    {
        var counts = new Dictionary<string, int>();
        foreach (var (name, value) in SettingReader.Pairs(setting))
        {
            if (name is null or "") reader.AddError(setting!, name is null ? value : $"={value}", "entries of the form \"web=2\"");
            else if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                reader.AddError(setting!, $"{name}={value}", "a number of instances, 0 or more");
            else if (count > ports.MaxInstances)
                reader.AddError(
                    setting!, $"{name}={value}",
                    $"at most {ports.MaxInstances} instances, as ports are {ports.Step} apart and {ports.InstanceStep} between instances; "
                    + "raise --port-step");
            else
                counts[name] = count;
        }

        return new Formation(setting, counts);
    }
}
