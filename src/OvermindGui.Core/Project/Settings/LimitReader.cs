using System.Globalization;
using System.Text.RegularExpressions;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Project.Settings;

/// <summary>Reads amounts of memory and CPU. A limit that this machine can never exceed is reported.</summary>
internal sealed partial class LimitReader(ValueReader values)
{
    private static readonly TimeSpan DefaultFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5); // between two measurements

    public long? Memory(Field field)
    {
        if (Amount(field) is not { } bytes) return null;
        var all = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (bytes > all) values.Warn(field.Node.Place, $"{field.Path}: this machine has {ByteSize.Of(all)}, so nothing can use more than {((TextNode)field.Node).Value}");
        return bytes;
    }

    public long? Amount(Field field)
    {
        if (field.Node is TextNode text && ByteSize.Parse(text.Value) is { } bytes) return bytes;
        values.Expected(ByteSize.Accepted, field);
        return null;
    }

    public double? Percent(Field field)
    {
        if (field.Node is TextNode text && Pattern().Match(text.Value) is { Success: true } match && !match.Groups["time"].Success
            && double.Parse(match.Groups["percent"].Value, CultureInfo.InvariantCulture) is > 0 and var percent)
        {
            CheckPercent(field, percent);
            return percent;
        }

        values.Expected("percent of one core, such as 90%", field);
        return null;
    }

    public CpuLimit? Cpu(Field field)
    {
        var match = field.Node is TextNode text ? Pattern().Match(text.Value) : Match.Empty;
        var time = match.Groups["time"] is { Success: true, Value: var written } ? Durations.Parse(written) : DefaultFor;
        if (!match.Success || time is not { } span || double.Parse(match.Groups["percent"].Value, CultureInfo.InvariantCulture) is not (> 0 and var percent))
        {
            values.Expected("percent of one core and a time, such as \"90% for 5m\"", field);
            return null;
        }

        if (span < Shortest)
        {
            values.Expected($"a time of at least {ShortDuration.Of(Shortest)}, because the CPU is measured so often", field);
            return null;
        }

        CheckPercent(field, percent);
        return new CpuLimit(percent, span);
    }

    private void CheckPercent(Field field, double percent)
    {
        if (percent >= 100 * Environment.ProcessorCount)
            values.Warn(
                field.Node.Place,
                $"{field.Path}: this machine has {Quantity.Of(Environment.ProcessorCount, "core", "cores")}, so nothing uses more than {100 * Environment.ProcessorCount}%");
    }

    [GeneratedRegex(@"^(?<percent>[0-9]+(\.[0-9]+)?) ?%( +for +(?<time>\S+))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
