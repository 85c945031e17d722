namespace OvermindGui.Core.Project.Settings;

/// <summary>Reads <c>ready</c>: one kind of check, its interval and its timeout.</summary>
internal sealed class ReadyReader(ValueReader values)
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Null when it is invalid.</summary>
    public ReadySetting? Read(Field field)
    {
        var ways = new List<(ReadyKind Kind, Field Target)>();
        TimeSpan? interval = null, timeout = null;
        values.Keys(field, new Dictionary<string, Action<Field>>
        {
            ["port"] = f => ways.Add((ReadyKind.Port, f)),
            ["tcp"] = f => ways.Add((ReadyKind.Tcp, f)),
            ["http"] = f => ways.Add((ReadyKind.Http, f)),
            ["log"] = f => ways.Add((ReadyKind.Log, f)),
            ["command"] = f => ways.Add((ReadyKind.Command, f)),
            ["interval"] = f => interval = values.Duration(f),
            ["timeout"] = f => timeout = values.Duration(f),
        });
        if (field.Node is not MapNode && !field.Node.IsNull) return null; // already reported
        if (ways is [var way])
            return ReadTarget(way.Kind, way.Target) is not { } target ? null
                : new ReadySetting(way.Kind, target, interval ?? DefaultInterval, timeout ?? DefaultTimeout, way.Target.Node.Place);
        var found = ways.Count == 0 ? "none" : string.Join(" and ", ways.Select(w => w.Kind.ToString().ToLowerInvariant()));
        values.AddError(field.Node.Place, $"{field.Path}: expected exactly one of port, tcp, http, log and command, found {found}");
        return null;
    }

    // A text with variables is validated after expansion.
    internal string? ReadTarget(ReadyKind kind, Field field)
    {
        var target = kind is ReadyKind.Port or ReadyKind.Tcp && field.Node is TextNode { IsNumber: true, Value: var port } ? port : values.Text(field);
        if (target is null || (kind is ReadyKind.Port or ReadyKind.Tcp or ReadyKind.Http && target.Contains('$', StringComparison.Ordinal))) return target;
        var setting = new ReadySetting(kind, target, DefaultInterval, DefaultTimeout, field.Node.Place);
        if (ReadyTarget.Resolve(setting, AnyPort, out var expected) is not null) return target;
        values.Expected(expected, field);
        return null;
    }

    private static string? AnyPort(string variable) => variable == "PORT" ? "1" : null;
}
