using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Core.Project.Settings;

/// <summary>Reads <c>stop</c>: keys or a command, and how long they have until the stop signal.</summary>
internal sealed class StopReader(ValueReader values)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Null when it is invalid.</summary>
    public StopRequest? Read(Field field)
    {
        Field? keys = null, command = null;
        TimeSpan? timeout = null;
        values.Keys(field, new Dictionary<string, Action<Field>>
        {
            ["keys"] = f => keys = f,
            ["command"] = f => command = f,
            ["timeout"] = f => timeout = values.Duration(f),
        });
        if (field.Node is not MapNode && !field.Node.IsNull) return null; // already reported
        if ((keys is null) == (command is null))
        {
            values.AddError(field.Node.Place, $"{field.Path}: expected exactly one of keys and command, found {(keys is null ? "none" : "both")}");
            return null;
        }

        var (typed, run) = (keys is { } k ? ReadKeys(k) : null, command is { } c ? values.Text(c) : null);
        return typed is null && run is null ? null : new StopRequest(typed?.Sequence, typed?.Names, run, timeout ?? DefaultTimeout);
    }

    private (string Sequence, string Names)? ReadKeys(Field field)
    {
        if (values.Text(field) is not { } names) return null;
        var keys = (names == "," ? [names] : names.Split(',', StringSplitOptions.TrimEntries)).Select(name => (Name: name, Sequence: TerminalKeys.Sequence(name))).ToList();
        if (keys.TrueForAll(key => key.Sequence is not null)) return (string.Concat(keys.Select(key => key.Sequence)), string.Join(", ", keys.Select(key => key.Name)));
        values.Expected($"keys with commas between them ({TerminalKeys.Known})", field);
        return null;
    }
}
